import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Presence } from '../../../server/contract/http.ts';
import { useDirectory } from '../stores/directory.ts';
import { useSession } from '../stores/session.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';
import type { TransferTarget } from './use-transfer-targets.ts';

/** free: their telephone can ring · busy: in a call, or finishing up after one · deaf: they take no calls now */
type Standing = 'free' | 'busy' | 'deaf';
const ORDER: Record<Standing, number> = { free: 0, busy: 1, deaf: 2 };

function standing({ inCall, takesCalls, status }: Presence): Standing {
  if (inCall) return 'busy';
  return takesCalls && status === 'available' ? 'free' : 'deaf';
}

/** Where a call can go on: people who can answer a telephone now come first, then queues. */
export function useCallTargets() {
  const { t } = useI18n();
  const { phrase, opening } = useFormats();
  const directory = useDirectory();
  const session = useSession();
  const now = useNow();
  // Presence may have changed while no event reached us.
  void directory.load('operators', 'queues').catch(() => {});

  const people = computed<TransferTarget[]>(() =>
    directory.operators
      .filter(({ id, disabled, role }) => !disabled && role !== 'department' && id !== session.operator?.id)
      .map((operator) => ({ operator, is: standing(operator.presence) }))
      .sort((a, b) => ORDER[a.is] - ORDER[b.is] || a.operator.name.localeCompare(b.operator.name))
      .map(({ operator: { id, name, presence }, is }) => ({
        kind: 'operator' as const,
        id,
        name,
        presence: presence.status,
        state: t(`softphone.person.${is}`),
        ready: is === 'free',
      })),
  );
  const queues = computed<TransferTarget[]>(() =>
    directory.queues.map((queue) => ({
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
  return { targets: computed(() => [...people.value, ...queues.value]) };
}
