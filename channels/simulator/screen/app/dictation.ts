import { onUnmounted, type Ref, ref } from 'vue';

/** The browser's recognition of speech, where it has one: https://wicg.github.io/speech-api/ */
interface Recognition {
  lang: string;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}
type MakeRecognition = new () => Recognition;

const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
  SpeechRecognition?: MakeRecognition;
  webkitSpeechRecognition?: MakeRecognition;
};
const Made = SpeechRecognition ?? webkitSpeechRecognition;
export const canDictate = Made !== undefined;

/** Turns speech into words of a call. */
export function useDictation(
  language: () => string,
  said: (words: string) => void,
): { isOn: Ref<boolean>; toggle(): void } {
  const isOn = ref(false);
  let current: Recognition | null = null;

  function toggle(): void {
    if (!Made) return;
    if (current) {
      current.stop();
      return;
    }
    const recognition = new Made();
    recognition.lang = language();
    recognition.onresult = ({ results }) => {
      const words = results[results.length - 1]?.[0]?.transcript.trim();
      if (words) said(words);
    };
    recognition.onend = () => {
      current = null;
      isOn.value = false;
    };
    current = recognition;
    isOn.value = true;
    recognition.start();
  }

  onUnmounted(() => current?.stop());
  return { isOn, toggle };
}
