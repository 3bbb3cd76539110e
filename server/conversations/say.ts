import type { Capabilities, ChannelName } from '../contract/channel.ts';
import type { Author, Message, Part } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { appendMessages, type ConversationRow } from './append-messages.ts';
import { systemActor, type TicketRow } from './change-ticket.ts';

export interface Utterance {
  author: Author;
  parts: Part[];
  /** Unique among what this account sends: a command that comes twice is one message. */
  externalId: string;
  clientId?: string;
}

/** Says something to the citizen: stored in its place, then on its way. The conversation must be locked. */
export type Say = (
  unit: Unit,
  conversation: ConversationRow,
  ticket: Pick<TicketRow, 'id' | 'operator_id'>,
  utterances: readonly Utterance[],
) => Promise<Message[]>;

type NoticeKey = Extract<Part, { type: 'notice' }>['key'];

export function createSay(deliveryOf: (channel: ChannelName) => Capabilities['delivery']): Say {
  return async (unit, conversation, ticket, utterances) => {
    const push = deliveryOf(conversation.channel) === 'push';
    const messages = await appendMessages(
      unit.tx,
      unit.now,
      new Map([[conversation.id, conversation]]),
      utterances.map((utterance) => ({
        conversationId: conversation.id,
        ticketId: ticket.id,
        externalId: utterance.externalId,
        direction: 'out',
        author: utterance.author,
        parts: utterance.parts,
        clientId: utterance.clientId ?? null,
        status: push ? 'queued' : 'stored',
      })),
    );
    if (push) for (const message of messages) unit.enqueue('outbound.send', { messageId: message.id });
    unit.emit(
      'messages.stored',
      messages.map((message) => ({
        message,
        channel: conversation.channel,
        operatorId: ticket.operator_id,
        outbound: push ? null : { to: conversation.address, message, idempotencyKey: message.id },
      })),
    );
    unit.emit('tickets.changed', [ticket.id]);
    return messages;
  };
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
