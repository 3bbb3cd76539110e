import { onUnmounted, ref, watch } from 'vue';
import type { ShownCall } from '../screen-api.ts';

/** Whether what the line says is read aloud; it stays so from one call to the next. */
export const isAloud = ref(true);

/** A call that the page finds going on is not told again from its beginning. */
const FRESH_MS = 3_000;

/** Reads the line's words by the browser's own voices, and stops when they are cut short. */
export function useReadingAloud(captions: () => ShownCall['captions']): void {
  const voices = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  const isFresh = ({ at }: { at: string }) => Date.now() - Date.parse(at) < FRESH_MS;
  const first = captions().findIndex(isFresh);
  let read = first < 0 ? captions().length : first;

  function take(all: ShownCall['captions']): void {
    const fresh = all.slice(read);
    read = all.length;
    for (const { kind, text, language } of fresh) {
      // Keys and words cut the line short; others in the room are heard by themselves, unless they typed.
      if (kind === 'key' || kind === 'own') voices?.cancel();
      if (isAloud.value && (kind === 'said' || kind === 'voice')) {
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.lang = language ?? 'es-MX';
        voices?.speak(utterance);
      }
    }
  }

  watch(captions, take, { immediate: true });
  watch(isAloud, (on) => {
    if (!on) voices?.cancel();
  });
  onUnmounted(() => voices?.cancel());
}
