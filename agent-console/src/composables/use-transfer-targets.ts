import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { PresenceStatus, TicketSummary } from '../../../server/contract/http.ts';
import { useDirectory } from '../stores/directory.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';

export interface TransferTarget {
  kind: 'operator' | 'queue';
  id: string;
  name: string;
  /** How things stand there, in words. */
  state: string;
  /** Somebody can take the contact there now. */
  ready: boolean;
  presence?: PresenceStatus;
}

const PRESENCE_ORDER: Record<PresenceStatus, number> = { available: 0, away: 1, offline: 2 };

/** Where a ticket can be handed to: queues, then people, those who can take it first. */
export function useTransferTargets(ticket: Pick<TicketSummary, 'queueId' | 'state' | 'operator'>) {
  const { t } = useI18n();
  const { phrase, opening } = useFormats();
  const directory = useDirectory();
  const now = useNow();

  const queues = computed<TransferTarget[]>(() =>
    directory.queues
      .filter((queue) => queue.id !== ticket.queueId || ticket.state === 'assigned')
      .map((queue) => ({
        kind: 'queue' as const,
        id: queue.id,
        name: phrase(queue.name),
        state: queue.open
          ? t('queue.open')
          : queue.opensAt
            ? t('queue.opensAt', { time: opening(queue.opensAt, now.value) })
            : t('queue.closed'),
        ready: queue.open,
      })),
  );
  const people = computed<TransferTarget[]>(() =>
    directory.operators
      .filter((operator) => !operator.disabled && operator.attends && operator.id !== ticket.operator?.id)
      .sort(
        (a, b) => PRESENCE_ORDER[a.presence.status] - PRESENCE_ORDER[b.presence.status] || a.name.localeCompare(b.name),
      )
      .map(({ id, name, presence }) => ({
        kind: 'operator' as const,
        id,
        name,
        presence: presence.status,
        state: `${t(`presence.${presence.status}`)} · ${t('presence.load', { held: presence.held, capacity: presence.capacity })}`,
        ready: presence.status === 'available' && presence.held < presence.capacity,
      })),
  );
  const targets = computed(() => [...queues.value, ...people.value]);
  return { targets };
}
