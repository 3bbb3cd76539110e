import { nextTick, type Ref, watch } from 'vue';
import type { Conversation } from '../stores/conversations.ts';
import { useWorkspace } from '../stores/workspace.ts';

/** Leads to a message that somebody pointed at, and fetches what is earlier until it is there. */
export function useMessageJump(
  scroller: Readonly<Ref<HTMLElement | null>>,
  conversation: () => Conversation,
  earlier: () => Promise<unknown>,
): void {
  const workspace = useWorkspace();
  const find = (seq: number) => scroller.value?.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? null;
  const more = () => conversation().hasEarlier && conversation().earlier !== 'failed';

  async function jump(seq: number) {
    let found = find(seq);
    while (!found && more()) {
      await earlier();
      await nextTick();
      found = find(seq);
    }
    if (!found) return;
    found.scrollIntoView({ block: 'center' });
    found.focus({ preventScroll: true });
    found.animate([{ backgroundColor: 'var(--console-pointed)' }, { backgroundColor: 'transparent' }], 1_800);
  }
  watch(
    () => workspace.messageWanted,
    (seq) => {
      if (seq === null) return;
      workspace.messageWanted = null;
      void jump(seq);
    },
  );
}
