import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Broadcast } from '../../../server/contract/broadcast.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useBroadcasts } from '../stores/broadcasts.ts';
import { useSession } from '../stores/session.ts';
import { useConfirm } from './use-confirm.ts';
import { useTicketActions } from './use-ticket-actions.ts';

export const broadcastActions = ['approve', 'pause', 'resume', 'cancel'] as const;
export type BroadcastAction = (typeof broadcastActions)[number];

/** What may be done with a notice now, and by whom; what cannot be taken back is asked first. */
export function useBroadcastActions(broadcast: () => Broadcast) {
  const { t } = useI18n();
  const session = useSession();
  const store = useBroadcasts();
  const { confirm } = useConfirm();
  const { tell } = useTicketActions();
  const busy = ref<BroadcastAction | null>(null);

  const wroteIt = computed(() => broadcast().createdBy.id === session.operator?.id);
  /** Only a second person who supervises lets it go. */
  const mayApprove = computed(() => session.may('broadcasts.approve') && !wroteIt.value);
  const maySteer = computed(() => session.may('broadcasts.approve') || wroteIt.value);
  const actions = computed<BroadcastAction[]>(() => {
    const steering: Record<Broadcast['state'], BroadcastAction[]> = {
      awaiting_approval: ['cancel'],
      sending: ['pause', 'cancel'],
      paused: ['resume', 'cancel'],
      done: [],
      cancelled: [],
    };
    const { state } = broadcast();
    const approving: BroadcastAction[] = state === 'awaiting_approval' && mayApprove.value ? ['approve'] : [];
    return [...approving, ...(maySteer.value ? steering[state] : [])];
  });

  function question(action: BroadcastAction) {
    const { progress } = broadcast();
    const gone = progress.sent + progress.delivered + progress.read;
    if (action === 'approve') {
      return { effect: t('broadcast.approveEffect', progress.pending), action: t('broadcast.action.approve') };
    }
    const effect = `${t('broadcast.cancelEffect', progress.pending)}${gone > 0 ? ` ${t('broadcast.cancelGone', gone)}` : ''}`;
    return { effect, action: t('broadcast.cancelConfirm'), danger: true };
  }

  async function steer(action: BroadcastAction) {
    const { id } = broadcast();
    const asks = action === 'approve' || action === 'cancel';
    if (asks && !(await confirm({ title: t(`broadcast.ask.${action}`), ...question(action) }))) return;
    busy.value = action;
    try {
      store.receive(await call('steerBroadcast', { params: { id }, body: { action } }));
    } catch (failure) {
      tell(failure as ApiFailure);
    } finally {
      busy.value = null;
    }
  }
  return { actions, busy, steer };
}
