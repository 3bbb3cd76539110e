import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import '../desk-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { useSession } from '../stores/session.ts';
import { useFormats } from './use-formats.ts';

/** Who can look again: oneself, the queue, colleagues. Whether they may see it the server says. */
export function useFollowUpTargets(queueId: () => string | null) {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();
  const session = useSession();

  return computed(() => {
    const queue = directory.queueById.get(queueId() ?? '') ?? directory.queues.find(({ isDefault }) => isDefault);
    const colleagues = directory.operators
      .filter(({ id, disabled, attends }) => id !== session.operator?.id && !disabled && attends)
      .toSorted((a, b) => a.name.localeCompare(b.name));
    return [
      { value: `operator:${session.operator?.id ?? ''}`, label: t('followUp.who.me') },
      ...(queue ? [{ value: `queue:${queue.id}`, label: t('followUp.who.queue', { queue: phrase(queue.name) }) }] : []),
      ...colleagues.map(({ id, name }) => ({ value: `operator:${id}`, label: name })),
    ];
  });
}

/** As the API takes it. */
export function targetOf(value: string): { operatorId: string } | { queueId: string } {
  const id = value.slice(value.indexOf(':') + 1);
  return value.startsWith('queue:') ? { queueId: id } : { operatorId: id };
}
