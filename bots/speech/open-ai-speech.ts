import type { OpenAI } from 'openai';
import type { Transcriber } from '../../server/contract/speech.ts';
import { restAfterFailures } from '../rest-after-failures.ts';

/** A server that speaks OpenAI's audio transcriptions: theirs, or any other (whisper.cpp, faster-whisper, vLLM). */
export interface SpeechSettings {
  baseUrl: string;
  apiKey?: string;
  model: string;
  /** What one recording may take, in milliseconds. */
  timeoutMs: number;
}

/**
 * @param failed hears why a recording was not transcribed, for the log; never what is said in it
 * @param now milliseconds, for the rest after failures
 */
export function createTranscriber(
  { baseUrl, apiKey, model, timeoutMs }: SpeechSettings,
  failed: (error: unknown) => void,
  now: () => number = Date.now,
): Transcriber {
  const rest = restAfterFailures(now);

  // The SDK is large: it is loaded when somebody first speaks.
  async function connect(): Promise<{ sdk: typeof import('openai'); client: OpenAI }> {
    const sdk = await import('openai');
    // Some servers ask for no key, but the SDK does.
    return { sdk, client: new sdk.OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', maxRetries: 1 }) };
  }

  let connecting: ReturnType<typeof connect> | null = null;

  return {
    timeoutMs,
    async transcribe({ bytes, name, mimeType }, locale) {
      if (rest.isResting()) return null;
      try {
        connecting ??= connect();
        const { sdk, client } = await connecting;
        const file = await sdk.toFile(bytes, name, { type: mimeType });
        const { text } = await client.audio.transcriptions.create(
          { file, model, language: locale, response_format: 'json' },
          // The SDK's own limit is for each try; this one holds for all of them.
          { signal: AbortSignal.timeout(timeoutMs), timeout: timeoutMs },
        );
        rest.succeeded();
        return typeof text === 'string' && text.trim() !== '' ? text : null;
      } catch (error) {
        rest.failed();
        failed(error);
        return null;
      }
    },
  };
}
