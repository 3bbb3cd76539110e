import {
  type Activity,
  ActivityHandler,
  ActivityTypes,
  BotAdapter,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Bot, BotOutcome, BotTurn, Desk } from '../server/contract/bot.ts';
import type { Part } from '../server/contract/message.ts';
import type { Conversation } from './dialogs/converse.ts';
import type { OpenStack } from './dialogs/dialog.ts';
import { textOf } from './dialogs/listen.ts';

/** What one turn carries through botbuilder beside its activity. */
interface Passage {
  turn: BotTurn;
  desk: Desk;
  sent: Part[][];
  outcome: BotOutcome | null;
}
const PASSAGE = Symbol('passage');

/**
 * Runs a conversation inside the Bot Framework SDK, so that its middleware and dialogs can be used; this file and
 * `dialogs/dialog-host.ts` are all that would change with the SDK. Nothing is kept between turns: state comes and goes
 * with the turn.
 */
export class BotbuilderBot implements Bot {
  readonly #adapter = new MemoryAdapter();
  readonly #handler = new ActivityHandler();

  constructor(conversation: Conversation, stackFor: (context: TurnContext) => OpenStack) {
    this.#handler.onMessage(async (context, next) => {
      const passage = passageOf(context);
      passage.outcome = await conversation(passage.turn, passage.desk, stackFor(context));
      await context.sendActivities(passage.outcome.replies.map(activityOf));
      await next();
    });
  }

  async turn(turn: BotTurn, desk: Desk): Promise<BotOutcome> {
    const passage: Passage = { turn, desk, sent: [], outcome: null };
    await this.#adapter.process(incomingActivity(turn), passage, (context) => this.#handler.run(context));
    if (!passage.outcome) throw new Error('The bot left a turn without an outcome');
    return { ...passage.outcome, replies: passage.sent };
  }
}

/** A channel that exists only while a turn runs: what is sent is collected. */
class MemoryAdapter extends BotAdapter {
  async process(activity: Partial<Activity>, passage: Passage, logic: (context: TurnContext) => Promise<void>) {
    const context = new TurnContext(this, activity);
    context.turnState.set(PASSAGE, passage);
    await this.runMiddleware(context, logic);
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const { sent, turn } = passageOf(context);
    return activities.map((activity) => {
      if (activity.type === ActivityTypes.Message) sent.push(partsOf(activity));
      return { id: `${turn.ticketId}/${sent.length}` };
    });
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('What was said cannot be changed'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('What was said cannot be unsaid'));
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('The bot speaks only when spoken to'));
  }
}

function passageOf(context: TurnContext): Passage {
  const passage = context.turnState.get<Passage | undefined>(PASSAGE);
  if (!passage) throw new Error('The turn was not started by this adapter');
  return passage;
}

/** A burst as one activity. The parts themselves travel along, for what an activity cannot say. */
function incomingActivity({ conversationId, channel, locale, citizenName, messages, now }: BotTurn): Partial<Activity> {
  const parts = messages.flatMap((message) => message.parts);
  return {
    type: ActivityTypes.Message,
    id: messages.at(-1)?.id ?? conversationId,
    channelId: channel,
    timestamp: now,
    locale: locale === 'es' ? 'es-MX' : 'en',
    conversation: { id: conversationId, name: '', isGroup: false, conversationType: 'personal' },
    from: { id: conversationId, name: citizenName ?? '', role: 'user' },
    recipient: { id: 'bot', name: '', role: 'bot' },
    text: wordsOf(parts),
    attachments: parts
      .filter((part) => part.type === 'media')
      .map(({ name, mimeType, attachmentId }) => ({ name, contentType: mimeType, content: { attachmentId } })),
    channelData: { parts },
  };
}

function activityOf(parts: Part[]): Partial<Activity> {
  const choices = parts.find((part) => part.type === 'choices');
  return {
    type: ActivityTypes.Message,
    text: wordsOf(parts),
    ...(choices && {
      suggestedActions: {
        to: [],
        actions: choices.options.map(({ id, title }) => ({ type: 'imBack', title, value: id })),
      },
    }),
    channelData: { parts },
  };
}

/** Replies of our own dialogs carry their parts; what middleware adds of its own is text with suggested actions. */
function partsOf({ channelData, text, suggestedActions }: Partial<Activity>): Part[] {
  const own: unknown = channelData?.parts;
  if (Array.isArray(own)) return own;
  const options = suggestedActions?.actions.map(({ title, value }) => ({ id: String(value), title })) ?? [];
  return [
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...(options.length > 0 ? [{ type: 'choices' as const, options }] : []),
  ];
}

function wordsOf(parts: Part[]): string {
  return parts.map(textOf).filter(Boolean).join('\n');
}
