import type { Locale } from '../../../../../server/contract/error-catalogue.ts';

/** What browsers that recognise speech have; the library of types does not know it yet. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  onresult: (event: {
    results: ArrayLike<{ isFinal: boolean } & ArrayLike<{ transcript: string; confidence: number }>>;
  }) => void;
  onend: () => void;
  start(): void;
  abort(): void;
}

interface Speech {
  text: string;
  confidence: number;
}

const make = (): Recognition | null => {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as unknown as Record<
    string,
    (new () => Recognition) | undefined
  >;
  const Kind = SpeechRecognition ?? webkitSpeechRecognition;
  return Kind ? new Kind() : null;
};

/**
 * Listens until somebody has said something, by what the browser has for it; where it has nothing, people type.
 * @param hearing whether it listens, and what it has understood so far
 */
export function listen(
  locale: Locale,
  signal: AbortSignal,
  hearing: (listening: boolean, soFar: string) => void,
  heard: (speech: Speech) => void,
): void {
  const recognition = make();
  if (!recognition || signal.aborted) return;
  recognition.lang = locale === 'es' ? 'es-MX' : 'en-US';
  recognition.interimResults = true;
  recognition.onresult = ({ results }) => {
    const last = results[results.length - 1];
    const best = last?.[0];
    if (!last || !best || signal.aborted) return;
    hearing(true, best.transcript);
    if (last.isFinal && best.transcript.trim()) {
      heard({ text: best.transcript.trim(), confidence: Math.min(1, Math.max(0, best.confidence || 0.5)) });
    }
  };
  recognition.onend = () => hearing(false, '');
  signal.addEventListener('abort', () => recognition.abort());
  try {
    recognition.start();
    hearing(true, '');
  } catch {
    hearing(false, '');
  }
}
