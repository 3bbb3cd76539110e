import type { OpenAI } from 'openai';
import { restAfterFailures } from '../rest-after-failures.ts';

/** A server that speaks OpenAI's chat completions: theirs, or any other (vLLM, Ollama, llama.cpp). */
export interface LanguageModelSettings {
  baseUrl: string;
  apiKey?: string;
  model: string;
  /** What all questions of one turn may take together, in milliseconds. */
  timeoutMs: number;
  /** The longest answer; absent: as long as anything the bot asks for. */
  mostTokens?: number;
}

export interface LanguageModel {
  readonly name: string;
  readonly timeoutMs: number;
  /**
   * Asks for a JSON object.
   * @returns what came back, unchecked; null when it failed, took too long, or was no JSON
   */
  ask(instructions: string, material: unknown, signal: AbortSignal): Promise<unknown>;
}

/** Nothing the bot asks for is longer. */
const MOST_TOKENS = 800;

/**
 * @param now milliseconds, for the rest after failures
 * @param failed hears why a question went unanswered; for the log
 */
export function createLanguageModel(
  settings: LanguageModelSettings,
  failed: (error: unknown) => void,
  now: () => number = Date.now,
): LanguageModel {
  const rest = restAfterFailures(now);

  // The SDK is large: it is loaded only where there is a model, and then at once, so that nobody waits for it.
  async function connect(): Promise<OpenAI> {
    const sdk = await import('openai');
    // Some servers ask for no key, but the SDK does. A second try would only add to the wait.
    return new sdk.OpenAI({ baseURL: settings.baseUrl, apiKey: settings.apiKey ?? 'none', maxRetries: 0 });
  }

  const client = connect();
  // Whoever asks hears of it.
  client.catch(() => {});

  async function complete(instructions: string, material: unknown, signal: AbortSignal): Promise<unknown> {
    const { chat } = await client;
    const completion = await chat.completions.create(
      {
        model: settings.model,
        temperature: 0,
        max_tokens: settings.mostTokens ?? MOST_TOKENS,
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: JSON.stringify(material) },
        ],
      },
      { signal },
    );
    return JSON.parse(completion.choices[0]?.message.content ?? '');
  }

  return {
    name: settings.model,
    timeoutMs: settings.timeoutMs,
    async ask(instructions, material, signal) {
      if (rest.isResting() || signal.aborted) return null;
      try {
        const answer = await Promise.race([complete(instructions, material, signal), aborted(signal)]);
        rest.succeeded();
        return answer;
      } catch (error) {
        rest.failed();
        failed(error);
        return null;
      }
    },
  };
}

/** A server that trickles its answer, or a client that does not listen to its signal, is not waited for. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
