import { computed, type Ref, ref, watch } from 'vue';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useTranslations } from '../stores/translations.ts';
import type { Insertion } from './suggestion-use.ts';

export type ReplyTranslationState = ReturnType<typeof useReplyTranslation>;

/** What is written in the language of the desk, put into the citizen's before it leaves. */
export function useReplyTranslation(
  ticketId: () => string,
  text: Ref<string>,
  allowed: () => boolean,
  inserted: () => Insertion | null,
) {
  const translations = useTranslations();
  const language = computed(() => translations.turnedOn(ticketId()));
  const active = computed(() => allowed() && language.value !== null);
  const busy = ref(false);
  const failure = ref<string | null>(null);
  /** A translation, as far as the operator has changed it, of what was written. */
  const ready = ref<{ of: string; text: string } | null>(null);

  // Written on, it says something else.
  watch(text, (next) => {
    failure.value = null;
    if (ready.value && ready.value.of !== next.trim()) ready.value = null;
  });

  async function prepare() {
    const of = text.value.trim();
    if (busy.value || of === '' || language.value === null) return;
    busy.value = true;
    failure.value = null;
    try {
      const body = { text: of, language: language.value };
      const translated = await call('translateReply', { params: { id: ticketId() }, body });
      if (text.value.trim() === of) ready.value = { of, text: translated.text };
    } catch (error) {
      failure.value = (error as ApiFailure).message;
    } finally {
      busy.value = false;
    }
  }

  /** An answer that the city itself wrote in their language needs none. */
  function isTheirs(): boolean {
    const suggestion = inserted();
    return suggestion?.language === language.value && text.value.trim() === suggestion?.text.trim();
  }

  /** Whether it is to be read over first. */
  async function holdsBack(): Promise<boolean> {
    if (!active.value || text.value.trim() === '' || ready.value?.text.trim() || isTheirs()) return false;
    await prepare();
    return true;
  }

  /** What leaves in the place of what was written. */
  function taken(): { text: string; language: string } | undefined {
    const translated = ready.value?.text.trim();
    if (!active.value || !translated || language.value === null) return undefined;
    ready.value = null;
    return { text: translated, language: language.value };
  }

  return { active, language, busy, failure, ready, prepare, holdsBack, taken };
}
