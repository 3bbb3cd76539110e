import type { ChannelName, InboundMessage, Receipt } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import { appendMessages, type ConversationRow, type MessageDraft } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey, openConversations, type Sender } from './open-conversations.ts';
import { openTickets } from './open-tickets.ts';

/** A decoded message and where it came in. */
export interface Arrival {
  accountId: string;
  channel: ChannelName;
  event: InboundMessage;
}

const senderOf = ({ accountId, channel, event }: Arrival): Sender => ({
  accountId,
  channel,
  address: event.from.address,
  displayName: event.from.displayName,
  locale: event.locale ?? 'es',
});

/**
 * Stores decoded messages in one transaction: each once, in its conversation's order, under an open ticket, with the
 * bot's turn promised where the bot has the ticket. Receipts come in the order of `all`.
 * Null instead of a receipt: another transaction holds the conversation, and the message was not stored.
 */
export async function storeArrivals(unit: Unit, all: readonly Arrival[], city: City): Promise<(Receipt | null)[]> {
  const byAddress = await openConversations(unit, all.map(senderOf), 'skip');
  const arrivals = all.filter(({ accountId, event }) => byAddress.has(addressKey(accountId, event.from.address)));
  if (arrivals.length === 0) return all.map(() => null);
  const conversationOf = (arrival: Arrival): ConversationRow => {
    const row = byAddress.get(addressKey(arrival.accountId, arrival.event.from.address));
    if (!row) throw new Error('A conversation that was just made is gone');
    return row;
  };

  const stored = await earlier(unit, arrivals);
  const fresh = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    const key = addressKey(arrival.accountId, arrival.event.externalId);
    if (!stored.has(key) && !fresh.has(key)) fresh.set(key, arrival);
  }
  if (fresh.size > 0) {
    const conversations = new Map([...byAddress.values()].map((row) => [row.id, row]));
    const writing = new Set([...fresh.values()].map((arrival) => conversationOf(arrival)));
    const tickets = await openTickets(unit, [...writing], city.defaultPriority);
    const drafts = [...fresh.values()].map((arrival): MessageDraft => {
      const conversation = conversationOf(arrival);
      return {
        conversationId: conversation.id,
        ticketId: tickets.get(conversation.id)?.id as string,
        externalId: arrival.event.externalId,
        direction: 'in',
        author: { type: 'citizen', id: conversation.citizen_id, name: null },
        parts: arrival.event.parts,
        clientId: arrival.event.clientId ?? null,
        status: 'stored',
      };
    });
    const messages = await appendMessages(unit.tx, unit.now, conversations, drafts);
    for (const [index, key] of [...fresh.keys()].entries()) {
      const message = messages[index];
      if (message) {
        stored.set(key, {
          externalId: drafts[index]?.externalId as string,
          conversationId: message.conversationId,
          ticketId: message.ticketId,
          messageId: message.id,
          seq: message.seq,
          duplicate: false,
          storedAt: unit.now,
        });
      }
    }
    await claimAttachments(unit, drafts);
    const byId = new Map([...tickets.values()].map((ticket) => [ticket.id, ticket]));
    for (const ticket of byId.values())
      if (ticket.state === 'bot') unit.enqueue('inbound.turn', { ticketId: ticket.id });
    unit.emit(
      'messages.stored',
      messages.map((message) => ({
        channel: conversations.get(message.conversationId)?.channel ?? 'chat',
        message,
        operatorId: byId.get(message.ticketId ?? '')?.operator_id ?? null,
        outbound: null,
      })),
    );
    unit.emit('tickets.changed', [...byId.keys()]);
  }

  const answered = new Set<string>();
  return all.map((arrival) => {
    const key = addressKey(arrival.accountId, arrival.event.externalId);
    const receipt = stored.get(key);
    if (!receipt) return null;
    const repeated = answered.has(key);
    answered.add(key);
    return repeated ? { ...receipt, duplicate: true } : receipt;
  });
}

/** What of this came before. Asked with the conversations locked, so that nobody stores it meanwhile. */
async function earlier(unit: Unit, arrivals: readonly Arrival[]): Promise<Map<string, Receipt>> {
  const rows = await unit.tx
    .selectFrom('message')
    .select(['id', 'conversation_id', 'ticket_id', 'seq', 'channel_account_id', 'external_id', 'created_at'])
    .where('channel_account_id', 'in', [...new Set(arrivals.map((arrival) => arrival.accountId))])
    .where(
      'external_id',
      'in',
      arrivals.map((arrival) => arrival.event.externalId),
    )
    .execute();
  return new Map(
    rows.map((row) => [
      addressKey(row.channel_account_id, row.external_id),
      {
        externalId: row.external_id,
        conversationId: row.conversation_id,
        ticketId: row.ticket_id,
        messageId: row.id,
        seq: row.seq,
        duplicate: true,
        storedAt: row.created_at,
      },
    ]),
  );
}

async function claimAttachments(unit: Unit, drafts: readonly MessageDraft[]): Promise<void> {
  for (const draft of drafts) {
    const ids = draft.parts.flatMap((part) => (part.type === 'media' ? [part.attachmentId] : []));
    if (ids.length === 0) continue;
    await unit.tx
      .updateTable('attachment')
      .set({ conversation_id: draft.conversationId })
      .where('id', 'in', ids)
      .execute();
  }
}
