import type { Activity, TurnContext } from 'botbuilder';
import type { BotFrameworkAccount, BotFrameworkHost } from '../../server/contract/bot-framework.ts';
import type { Channel, Receive, SendResult } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';
import type { Connector } from './connector.ts';
import { addressOf, decodeActivity, type InboundActivity, readActivity, referenceOf } from './decode-activity.ts';
import { activityOf } from './encode-activity.ts';
import { OpenTurn } from './open-turn.ts';

export interface BotFrameworkChannel extends Channel<InboundActivity> {
  /**
   * An activity as it came to `/api/messages`; resolves after commit.
   * @returns the answer to the request: its status, and the replies where the sender waits for them
   * @throws AppError `invalid_input`, `unauthenticated`, `unavailable` before the channel has started
   */
  take(authorization: string | undefined, body: unknown): Promise<{ status: number; body?: unknown }>;
}

/** Who asks for the answers in the answer waits this long for them; then they come as any other. */
const LONGEST_WAIT_MS = 8_000;

/** Microsoft's Bot Framework: Teams, and whatever else a city connects to it. The SDK is loaded at the first activity. */
export function createBotFrameworkChannel(host: BotFrameworkHost, account: BotFrameworkAccount): BotFrameworkChannel {
  let connecting: Promise<Connector> | null = null;
  let receive: Receive<InboundActivity> | null = null;
  const waiting = new Map<string, OpenTurn>();

  function connector(): Promise<Connector> {
    connecting ??= import('./connector.ts').then(({ Connector }) => new Connector(account));
    return connecting;
  }

  /** Keeps the turn open until all that the bot answers has gone into it. */
  async function answerInTurn(context: TurnContext, activity: InboundActivity): Promise<void> {
    const address = addressOf(activity);
    const open = new OpenTurn(context);
    waiting.set(address, open);
    try {
      const [receipt] = (await receive?.(activity)) ?? [];
      const ids = receipt && (await host.answersTo(receipt, LONGEST_WAIT_MS));
      if (ids) await open.until(ids, LONGEST_WAIT_MS);
    } finally {
      waiting.delete(address);
    }
  }

  return {
    name: 'botframework',
    capabilities: {
      parts: new Set(['text', 'choices']),
      // Teams takes 28 kB a message; texts of this length stay below it in any script.
      textLength: 7_000,
      delivery: 'push',
      typing: false,
      notices: true,
      pieces: 'one',
      settleSeconds: 0,
      windowHours: null,
    },
    async take(authorization, body) {
      if (!receive) throw new AppError('unavailable');
      const activity = readActivity(body);
      const answer = await (await connector()).receive(authorization ?? '', body as Activity, async (context) => {
        if (activity.deliveryMode === 'expectReplies') await answerInTurn(context, activity);
        else await receive?.(activity);
      });
      return { status: answer?.status ?? 200, body: answer?.body };
    },
    async decode(activity) {
      await host.remember(addressOf(activity), referenceOf(activity));
      return decodeActivity(activity);
    },
    async send({ to, message }): Promise<SendResult> {
      const activity = activityOf(message);
      const open = waiting.get(to);
      if (open) return open.say(message.id, activity);
      const reference = await host.recall(to);
      if (reference) return (await connector()).speak(reference, activity);
      return {
        outcome: 'rejected',
        permanent: true,
        providerCode: 'no_reference',
        reason: 'No sabemos adónde responder.',
      };
    },
    async start(to) {
      receive = to;
    },
    async stop() {
      receive = null;
    },
  };
}
