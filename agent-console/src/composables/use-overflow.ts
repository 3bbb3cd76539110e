import { useI18n } from 'vue-i18n';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import '../board-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';
import { useSaved } from './use-saved.ts';
import { useTicketActions } from './use-ticket-actions.ts';

/** As long as a rush lasts; it ends by itself. */
const HOUR_SECONDS = 3_600;

/** Has people of other queues asked for what waits in one, and takes that back. */
export function useOverflow() {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const { saved } = useSaved();
  const { tell } = useTicketActions();
  const directory = useDirectory();
  const now = useNow();

  const isOpen = (queueId: string) => {
    const until = directory.queueById.get(queueId)?.overflowUntil;
    return until != null && Date.parse(until) > now.value;
  };
  async function toggle(queueId: string) {
    const opens = !isOpen(queueId);
    try {
      const queue = await call('openOverflow', {
        params: { id: queueId },
        body: { seconds: opens ? HOUR_SECONDS : null },
      });
      saved(t(opens ? 'board.overflow.opened' : 'board.overflow.closed', { queue: phrase(queue.name) }));
    } catch (refused) {
      tell(refused as ApiFailure);
    }
  }
  return { isOpen, toggle };
}
