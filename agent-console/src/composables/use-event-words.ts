import { useI18n } from 'vue-i18n';
import type { TicketEvent } from '../../../server/contract/http.ts';
import { useDirectory } from '../stores/directory.ts';
import { useFormats } from './use-formats.ts';

/** One line of a ticket's story, in words. */
export function useEventWords() {
  const { t } = useI18n();
  const { phrase, dayAndTime } = useFormats();
  const directory = useDirectory();

  const value = (event: TicketEvent, key: string) => {
    const found = event.data[key];
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  const queueName = (id: string) => {
    const queue = directory.queueById.get(id);
    return queue ? phrase(queue.name) : id;
  };
  const channelName = (event: TicketEvent) => t(`channel.${value(event, 'channel')}`);
  const operatorName = (id: string) => directory.operatorById.get(id)?.name ?? '';

  function actorName({ type, name }: TicketEvent['actor']): string {
    if (type === 'citizen') return name ?? t('author.citizen');
    if (type === 'department') return name ?? t('author.department');
    return type === 'bot' ? t('author.bot') : (name ?? t('author.system'));
  }

  function words(event: TicketEvent): string {
    const name = actorName(event.actor);
    const queue = queueName(value(event, 'queueId'));
    const operator = value(event, 'operatorName') || operatorName(value(event, 'operatorId'));
    switch (event.type) {
      case 'queued':
      case 'requeued':
        return queue ? t(`event.${event.type}`, { queue }) : t(`event.${event.type}Anywhere`);
      case 'offered':
        return t('event.offered', { operator: operator || name });
      case 'transferred':
        return operator
          ? t('event.transferredToOperator', { name, operator })
          : t('event.transferredToQueue', { name, queue });
      case 'merged':
      case 'unmerged':
        return t(`event.${event.type}`, { name, number: value(event, 'number'), channel: channelName(event) });
      case 'follow_up_set':
        return t('event.follow_up_set', { name, time: dayAndTime(value(event, 'dueAt')) });
      case 'reopened': {
        const number = event.data.unmergedFrom ? value(event, 'mergedNumber') : '';
        return number ? t('event.reopenedApart', { name, number }) : t('event.reopened', { name: operator || name });
      }
      case 'closed': {
        const number = value(event, 'mergedNumber');
        if (number) return t('event.closedInto', { name, number });
        const disposition = directory.dispositionById.get(value(event, 'disposition'));
        return disposition
          ? t('event.closedAs', { name, disposition: phrase(disposition.title) })
          : t('event.closed', { name });
      }
      case 'snoozed': {
        const until = value(event, 'until');
        return until ? t('event.snoozed', { name, time: dayAndTime(until) }) : t('event.snoozedUntilAnswer', { name });
      }
      case 'woken':
        if (event.actor.type === 'citizen') return t('event.wokenByCitizen');
        if (event.actor.type === 'department') return t('event.wokenByDepartment');
        return event.actor.type === 'operator' ? t('event.wokenBy', { name }) : t('event.woken');
      case 'forward_answered':
        return t('forward.answerFrom', { department: value(event, 'title') });
      case 'forwarded':
      case 'forward_failed':
        return t(`event.${event.type}`, { name, department: value(event, 'title') });
      case 'rated':
        return t('event.rated', { score: value(event, 'score') || value(event, 'rating') });
      default:
        return t(`event.${event.type}`, { name: operator || name });
    }
  }
  return { words };
}
