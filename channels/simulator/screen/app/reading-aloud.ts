import { onUnmounted, ref, watch } from 'vue';
import type { ShownCall } from '../screen-api.ts';

/** Whether what the line says is read aloud; it stays so from one call to the next. */
export const isAloud = ref(true);

/** Reads the line's words by the browser's own voices, and stops when they are cut short. */
export function useReadingAloud(captions: () => ShownCall['captions']): void {
  const voices = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  let read = captions().length;

  watch(captions, (all) => {
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
  });
  watch(isAloud, (on) => {
    if (!on) voices?.cancel();
  });
  onUnmounted(() => voices?.cancel());
}
