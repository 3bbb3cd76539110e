import type { Capabilities, ChannelName } from '../contract/channel.ts';
import type { Author, Message, Part } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Windows } from '../delivery/window.ts';
import { appendMessages, type ConversationRow } from './append-messages.ts';
import { systemActor, type TicketRow } from './change-ticket.ts';

export interface Utterance {
  author: Author;
  parts: Part[];
  /** Unique among what this account sends: a command that comes twice is one message. */
  externalId: string;
  clientId?: string;
}

/** What is said to one citizen. The conversation must be locked. */
export interface Speech {
  conversation: ConversationRow;
  /** Null in a conversation with a department. */
  ticket: Pick<TicketRow, 'id' | 'operator_id' | 'protected'> | null;
  utterances: readonly Utterance[];
}

/** Says something to a citizen: stored in its place, then on its way. */
export interface Say {
  (
    unit: Unit,
    conversation: ConversationRow,
    ticket: Speech['ticket'],
    utterances: readonly Utterance[],
  ): Promise<Message[]>;
  /** To many citizens in one round trip, each at most once. */
  toMany(unit: Unit, speeches: readonly Speech[]): Promise<Message[]>;
}

type NoticeKey = Extract<Part, { type: 'notice' }>['key'];

/** @param capabilitiesOf an account of a channel */
export function createSay(
  capabilitiesOf: (channel: ChannelName, accountId: string) => Pick<Capabilities, 'delivery' | 'notices'>,
  windows: Pick<Windows, 'isOpen'>,
): Say {
  const of = ({ channel, channel_account_id }: ConversationRow) => capabilitiesOf(channel, channel_account_id);
  const pushes = (conversation: ConversationRow): boolean => of(conversation).delivery === 'push';

  /** A sentence of the system is not worth a failure: where it cannot reach anybody it is not said. */
  const carries = (conversation: ConversationRow, { parts }: Utterance, now: Date): boolean =>
    parts.some((part) => part.type !== 'notice') || (of(conversation).notices && windows.isOpen(conversation, now));

  async function toMany(unit: Unit, speeches: readonly Speech[]): Promise<Message[]> {
    const said = speeches.flatMap((speech) =>
      speech.utterances
        .filter((utterance) => carries(speech.conversation, utterance, unit.now))
        .map((utterance) => ({ ...speech, utterance })),
    );
    if (said.length === 0) return [];
    const messages = await appendMessages(
      unit.tx,
      unit.now,
      new Map(speeches.map(({ conversation }) => [conversation.id, conversation])),
      said.map(({ conversation, ticket, utterance }) => ({
        conversationId: conversation.id,
        ticketId: ticket?.id ?? null,
        externalId: utterance.externalId,
        direction: 'out',
        author: utterance.author,
        parts: utterance.parts,
        clientId: utterance.clientId ?? null,
        status: pushes(conversation) ? 'queued' : 'stored',
      })),
    );
    const stored = said.map(({ conversation, ticket }, index) => {
      const message = messages[index] as Message;
      const outbound = {
        accountId: conversation.channel_account_id,
        to: conversation.address,
        message,
        idempotencyKey: message.id,
        locale: conversation.locale,
      };
      if (pushes(conversation)) unit.enqueue('outbound.send', { messageId: message.id });
      return {
        message,
        channel: conversation.channel,
        operatorId: ticket?.operator_id ?? null,
        protected: ticket?.protected ?? false,
        toBot: false,
        outbound: pushes(conversation) ? null : outbound,
      };
    });
    unit.emit('messages.stored', stored);
    unit.emit(
      'tickets.changed',
      speeches.flatMap(({ ticket }) => ticket?.id ?? []),
    );
    return messages;
  }

  return Object.assign(
    (unit: Unit, conversation: ConversationRow, ticket: Speech['ticket'], utterances: readonly Utterance[]) =>
      toMany(unit, [{ conversation, ticket, utterances }]),
    { toMany },
  );
}

/** A sentence of the system, worded by whoever shows it. */
export function notice(
  ticket: Pick<TicketRow, 'id' | 'version'>,
  key: NoticeKey,
  values: Record<string, string> = {},
): Utterance {
  return {
    author: systemActor,
    parts: [{ type: 'notice', key, values }],
    externalId: `notice:${ticket.id}:${ticket.version}:${key}`,
  };
}
