import { useI18n } from 'vue-i18n';
import type { MacroStep } from '../../../server/contract/macro.ts';
import '../macro-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { useFormats } from './use-formats.ts';

export const macroIcons: Record<MacroStep['type'], string> = {
  reply: 'i-lucide-send-horizontal',
  note: 'i-lucide-sticky-note',
  priority: 'i-lucide-flag',
  transfer: 'i-lucide-arrow-right-left',
  snooze: 'i-lucide-clock-arrow-down',
  close: 'i-lucide-circle-check-big',
};

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** What a step of a macro will do, in a sentence. */
export function useMacroWords() {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();

  function span(seconds: number): string {
    const [unit, n] =
      seconds % DAY === 0 ? (['day', seconds / DAY] as const) : (['hour', Math.round(seconds / HOUR)] as const);
    return t(`macro.${unit}`, { n }, n);
  }
  const snoozeWords = (seconds: number | null) =>
    seconds === null ? t('macro.untilAnswer') : t('macro.whens', { span: span(seconds) });
  const priorityWords = (priority: number) =>
    t(`priority.${(['urgent', 'high', 'normal'] as const)[priority] ?? 'normal'}`).toLowerCase();

  function stepWords(step: MacroStep): string {
    const gone = t('macro.gone');
    switch (step.type) {
      case 'reply': {
        const reply = directory.cannedReplies.find(({ id }) => id === step.cannedReplyId);
        return t(`macro.steps.${step.send ? 'reply' : 'insert'}`, { what: reply?.title ?? gone });
      }
      case 'note':
        return t('macro.steps.note', { what: step.text });
      case 'priority':
        return t('macro.steps.priority', { what: priorityWords(step.priority) });
      case 'transfer': {
        const queue = directory.queueById.get(step.queueId);
        return t('macro.steps.transfer', { what: queue ? phrase(queue.name) : gone });
      }
      case 'snooze':
        return t('macro.steps.snooze', { what: snoozeWords(step.seconds) });
      case 'close': {
        const disposition = directory.dispositionById.get(step.disposition);
        return t('macro.steps.close', { what: disposition ? phrase(disposition.title) : gone });
      }
    }
  }
  return { stepWords, snoozeWords, priorityWords };
}
