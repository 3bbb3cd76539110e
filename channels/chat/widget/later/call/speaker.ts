import type { Spoken } from '../../../../../server/contract/voice.ts';

/** Longer than anybody takes to say it; some browsers forget to tell that they are done. */
const SLOWEST_MS_PER_LETTER = 120;
/** Where nobody reads aloud, the caption has to be read before the next one comes. */
const READING_MS_PER_LETTER = 12;

const languages = { es: 'es-MX', en: 'en-US' } as const;

/** Reads aloud with the browser's own voices. The words are on the screen as well: without a voice they are enough. */
export interface Speaker {
  /** Resolves when it is said, or when it was cut short. */
  say(spoken: Spoken, signal: AbortSignal): Promise<void>;
}

export function createSpeaker(voices: SpeechSynthesis | undefined = globalThis.speechSynthesis): Speaker {
  // Some browsers begin to load their voices only when they are asked for.
  voices?.getVoices();

  function voiceFor(locale: Spoken['locale']): SpeechSynthesisVoice | undefined {
    const known = (voices?.getVoices() ?? []).filter(({ lang }) => lang.replace('_', '-').startsWith(locale));
    return known.find(({ lang }) => lang.replace('_', '-') === languages[locale]) ?? known[0];
  }

  return {
    say({ text, locale }, signal) {
      const voice = voiceFor(locale);
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const longest = text.length * (voice ? SLOWEST_MS_PER_LETTER : READING_MS_PER_LETTER);
        const late = setTimeout(done, 300 + longest);
        function done(): void {
          clearTimeout(late);
          signal.removeEventListener('abort', cut);
          resolve();
        }
        function cut(): void {
          voices?.cancel();
          done();
        }
        signal.addEventListener('abort', cut);
        if (!voices || !voice) return;
        const utterance = new SpeechSynthesisUtterance(text);
        Object.assign(utterance, { voice, lang: voice.lang, onend: done, onerror: done });
        voices.speak(utterance);
      });
    },
  };
}
