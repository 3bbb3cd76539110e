import { computed, nextTick, type Ref, ref } from 'vue';
import { type CannedValues, fillVariables } from '../../../server/contract/fill-variables.ts';
import type { CannedReply } from '../../../server/contract/http.ts';
import { matching, slashAt } from './canned.ts';

/** As many as fit above the composer without scrolling; a letter more finds the rest. */
const MOST = 7;

interface CannedMenuOptions {
  textarea: Readonly<Ref<HTMLTextAreaElement | null | undefined>>;
  text: Ref<string>;
  replies: () => CannedReply[];
  queueId: () => string | null;
  values: () => CannedValues;
  /** Notes have no canned replies. */
  allowed: () => boolean;
}

/** The menu that opens with `/` in the composer. */
export function useCannedMenu(options: CannedMenuOptions) {
  const { textarea, text } = options;
  const slash = ref<{ from: number; typed: string } | null>(null);
  const chosen = ref(0);
  const open = computed(() => slash.value !== null && options.allowed());
  const found = computed(() =>
    slash.value ? matching(options.replies(), slash.value.typed, options.queueId()).slice(0, MOST) : [],
  );

  function close() {
    slash.value = null;
  }

  /** Follows the caret. */
  function look() {
    const element = textarea.value;
    const next = element && options.allowed() ? slashAt(element.value, element.selectionStart) : null;
    if (next?.typed !== slash.value?.typed) chosen.value = 0;
    slash.value = next;
  }

  async function moveCaret(to: number) {
    await nextTick();
    textarea.value?.focus();
    textarea.value?.setSelectionRange(to, to);
  }

  async function insert(reply: CannedReply) {
    if (!slash.value) return;
    const { from, typed } = slash.value;
    const filled = fillVariables(reply.body, options.values());
    text.value = text.value.slice(0, from) + filled + text.value.slice(from + typed.length + 1);
    close();
    await moveCaret(from + filled.length);
  }

  /** Types the slash for those who use the button. */
  async function begin() {
    const at = textarea.value?.selectionStart ?? text.value.length;
    const gap = at === 0 || /\s/.test(text.value[at - 1] ?? '') ? '' : ' ';
    text.value = `${text.value.slice(0, at)}${gap}/${text.value.slice(at)}`;
    await moveCaret(at + gap.length + 1);
    look();
  }

  /** Whether the key was the menu's. */
  function takesKey(event: KeyboardEvent): boolean {
    const count = found.value.length;
    if (!open.value || count === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const reply = found.value[chosen.value];
    if (step) chosen.value = (chosen.value + step + count) % count;
    else if ((event.key === 'Enter' || event.key === 'Tab') && reply) void insert(reply);
    else if (event.key === 'Escape') close();
    else return false;
    return true;
  }

  return { open, found, chosen, look, close, insert, begin, takesKey };
}
