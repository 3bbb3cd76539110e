import { computed, ref, watch } from 'vue';
import { useRouter } from 'vue-router';
import type { CallView } from '../../../server/contract/call.ts';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { useCalls } from '../stores/calls.ts';
import { useDirectory } from '../stores/directory.ts';
import { useDrafts } from '../stores/drafts.ts';
import { useInbox } from '../stores/inbox.ts';
import { useWorkspace } from '../stores/workspace.ts';
import { secondsSince } from './durations.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';
import { useSubmit } from './use-submit.ts';
import { useTicketActions } from './use-ticket-actions.ts';

const MORE_SECONDS = 60;
const SOON_SECONDS = 10;
/** What was chosen goes in just before the server closes the contact without it. */
const JUST_BEFORE_MILLISECONDS = 2_000;

/** The time after a call: what came of it is chosen and noted, then the contact is closed and the next one comes. */
export function useWrapUp(ticket: () => TicketSummary, call: () => CallView) {
  const directory = useDirectory();
  const calls = useCalls();
  const inbox = useInbox();
  const workspace = useWorkspace();
  const actions = useTicketActions();
  const router = useRouter();
  const now = useNow();
  const { phrase } = useFormats();

  const disposition = ref('');
  /** Begun during the call, perhaps, and kept in this browser like any other. */
  const draft = useDrafts().of(ticket().id);
  const choices = computed(
    () => directory.city?.dispositions.map(({ id, title }) => ({ value: id, label: phrase(title) })) ?? [],
  );

  const until = computed(() => Date.parse(call().wrapUpUntil ?? ''));
  const left = computed(() => Math.max(0, Math.ceil((until.value - now.value) / 1_000)));
  const taken = computed(() => secondsSince(call().endedAt ?? '', now.value));
  const whole = computed(() => until.value - Date.parse(call().endedAt ?? ''));
  /** Of the time there is, 1 to 0. */
  const share = computed(() => Math.max(0, Math.min(1, (until.value - now.value) / whole.value)));

  async function next() {
    const list = inbox.lists.mine;
    const other = list.status === 'ready' ? list.ids.find((id) => id !== ticket().id) : undefined;
    const query = { view: 'mine' };
    await router.push(other ? { name: 'ticket', params: { id: other }, query } : { name: 'inbox', query });
  }
  const finishing = useSubmit(async () => {
    if (!disposition.value) return;
    await actions.close(ticket().id, disposition.value, draft.note.trim());
    draft.note = '';
    await next();
  });
  const extending = useSubmit(() => calls.extendWrapUp(call().id, left.value + MORE_SECONDS));

  watch(now, (time) => {
    // Opening a case is what this time is for.
    if (workspace.dialog === 'openCase' && left.value <= SOON_SECONDS && !extending.busy.value) void extending.submit();
    const soonOver = until.value - time < JUST_BEFORE_MILLISECONDS;
    if (soonOver && disposition.value && !finishing.busy.value && !finishing.failure.value) void finishing.submit();
  });
  return { disposition, draft, choices, left, share, taken, finishing, extending };
}
