import { useI18n } from 'vue-i18n';
import type { BoardAlert, WatchedFigure } from '../../../server/contract/board.ts';
import '../board-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { age, clock } from './durations.ts';
import { useFormats } from './use-formats.ts';

/** What an alert says: one sentence, and what to know besides. */
export function useAlertWords() {
  const { t } = useI18n();
  const { count, percent, phrase } = useFormats();
  const directory = useDirectory();
  const queueName = (id: string) => {
    const queue = directory.queueById.get(id);
    return queue ? phrase(queue.name) : id;
  };
  function amount(figure: WatchedFigure, value: number): string {
    if (figure === 'waiting') return count(value);
    return figure === 'longestWait' ? clock(value) : percent(value);
  }

  return (alert: BoardAlert): { title: string; text: string } => {
    switch (alert.kind) {
      case 'limit':
        return {
          title: t(`board.alert.${alert.figure}`, {
            queue: queueName(alert.queueId),
            value: amount(alert.figure, alert.value),
          }),
          text: t('board.alert.limit', { limit: amount(alert.figure, alert.limit) }),
        };
      case 'nobody':
        return {
          title: t('board.alert.nobody', { queue: queueName(alert.queueId), waiting: count(alert.waiting) }),
          text: t('board.alert.nobodyText'),
        };
      case 'surge': {
        const { topic, place, count: people, minutes, usual } = alert.surge;
        const where = place ?? t('board.alert.wholeCity');
        return {
          title: t('board.alert.surge', { count: count(people), topic }),
          text: t('board.alert.surgeText', {
            place: where,
            minutes,
            usual: usual < 1 ? t('board.alert.hardlyAny') : count(usual),
          }),
        };
      }
      case 'channel':
        return {
          title: t('board.alert.channel', { account: alert.account }),
          text: alert.problem || t('board.alert.channelText'),
        };
      case 'jobs':
        return { title: t('board.alert.jobs', { age: age(alert.seconds) }), text: t('board.alert.jobsText') };
    }
  };
}
