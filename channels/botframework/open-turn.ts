import type { Activity, TurnContext } from 'botbuilder';
import type { SendResult } from '../../server/contract/channel.ts';

/** A request whose sender waits for the answers: what is said meanwhile goes into it, not to the service. */
export class OpenTurn {
  readonly #context: TurnContext;
  readonly #said = new Set<string>();
  #heard: () => void = () => {};

  constructor(context: TurnContext) {
    this.#context = context;
  }

  async say(messageId: string, activity: Partial<Activity>): Promise<SendResult> {
    await this.#context.sendActivity(activity);
    this.#said.add(messageId);
    this.#heard();
    return { outcome: 'accepted' };
  }

  /** Until these were said, or the time is over. */
  async until(messageIds: readonly string[], milliseconds: number): Promise<void> {
    const all = () => messageIds.every((id) => this.#said.has(id));
    const over = AbortSignal.timeout(milliseconds);
    while (!all() && !over.aborted) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        over.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }
}
