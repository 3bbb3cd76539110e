import type { Receipt } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import type { Message } from '../contract/message.ts';
import {
  appendMessages,
  type ConversationRow,
  lockConversations,
  type MessageDraft,
} from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { recordAnswers } from '../email/department-answers.ts';
import { type Acknowledge, type StoredArrival, storeLetters } from '../email/store-letters.ts';
import { keepFetches } from '../media/keep-fetches.ts';
import type { Arrival } from './arrival.ts';
import { findPlaces, type Place } from './find-places.ts';
import { addressKey, openConversations } from './open-conversations.ts';
import { type Contact, type OpenedTickets, openTickets } from './open-tickets.ts';
import { earlierReceipts, receiptKey } from './receipts.ts';

/** An arrival and the locked conversation it belongs to. */
interface Placed {
  arrival: Arrival;
  conversation: ConversationRow;
}

/**
 * Stores decoded messages in one transaction: each once, in its conversation's order, under an open ticket, with the
 * bot's turn promised where the bot has the ticket. Receipts come in the order of `all`.
 * Null instead of a receipt: another transaction holds the conversation, and the message was not stored.
 */
export async function storeArrivals(
  unit: Unit,
  all: readonly Arrival[],
  city: Pick<City, 'defaultPriority'>,
  acknowledge: Acknowledge,
): Promise<(Receipt | null)[]> {
  const placed = await place(unit, all);
  if (placed.length === 0) return all.map(() => null);
  const receipts = await earlierReceipts(
    unit,
    placed.map(({ arrival }) => arrival),
  );
  const fresh = new Map<string, Placed>();
  for (const entry of placed) {
    const key = receiptKey(entry.arrival);
    if (!receipts.has(key) && !fresh.has(key)) fresh.set(key, entry);
  }
  if (fresh.size > 0) {
    const stored = await store(unit, [...fresh.values()], city, acknowledge);
    for (const [key, receipt] of stored) receipts.set(key, receipt);
  }

  const answered = new Set<string>();
  return all.map((arrival) => {
    const key = receiptKey(arrival);
    const receipt = receipts.get(key);
    if (!receipt) return null;
    const repeated = answered.has(key);
    answered.add(key);
    return repeated ? { ...receipt, duplicate: true } : receipt;
  });
}

/** Arrivals whose conversation nobody else holds. */
async function place(unit: Unit, arrivals: readonly Arrival[]): Promise<Placed[]> {
  const places = await findPlaces(unit, arrivals);
  const known = new Set([...places.values()].flatMap((place) => ('sender' in place ? [] : place.conversationId)));
  const senders = [...places.values()].flatMap((place) => ('sender' in place ? place.sender : []));
  const byId = known.size > 0 ? await lockConversations(unit.tx, [...known], 'skip') : new Map();
  const bySender = senders.length > 0 ? await openConversations(unit, senders, 'skip') : new Map();
  const conversationOf = (place: Place): ConversationRow | undefined => {
    if (!('sender' in place)) return byId.get(place.conversationId);
    const { accountId, address, thread } = place.sender;
    return bySender.get(addressKey(accountId, address, thread));
  };
  return arrivals.flatMap((arrival) => {
    const conversation = conversationOf(places.get(arrival) as Place);
    return conversation ? [{ arrival, conversation }] : [];
  });
}

async function store(
  unit: Unit,
  placed: readonly Placed[],
  city: Pick<City, 'defaultPriority'>,
  acknowledge: Acknowledge,
): Promise<[string, Receipt][]> {
  const conversations = new Map(placed.map(({ conversation }) => [conversation.id, conversation]));
  const { tickets, begun } = await ticketsFor(unit, placed, city.defaultPriority);
  const drafts = placed.map((entry) => draftOf(entry, tickets.get(entry.conversation.id)?.id ?? null));
  const messages = await appendMessages(unit.tx, unit.now, conversations, drafts);
  await claimAttachments(unit, drafts);
  const stored = placed.map((entry, index) => ({ ...entry, message: messages[index] as Message }));
  await storeLetters(unit, stored);
  await recordAnswers(unit, stored);
  await keepFetches(unit, stored);
  await acknowledge(unit, stored, { tickets, begun });
  haveRead(unit, stored, { tickets, begun });

  for (const { id, state } of tickets.values()) if (state === 'bot') unit.enqueue('inbound.turn', { ticketId: id });
  unit.emit(
    'messages.stored',
    stored.map(({ arrival, conversation, message }) => ({
      channel: arrival.channel,
      message,
      operatorId: tickets.get(conversation.id)?.operator_id ?? null,
      protected: tickets.get(conversation.id)?.protected ?? false,
      toBot: tickets.get(conversation.id)?.state === 'bot',
      outbound: null,
    })),
  );
  unit.emit(
    'tickets.changed',
    [...tickets.values()].map(({ id }) => id),
  );
  return stored.map(({ arrival, message }) => [
    receiptKey(arrival),
    {
      externalId: arrival.event.externalId,
      conversationId: message.conversationId,
      ticketId: message.ticketId,
      messageId: message.id,
      seq: message.seq,
      duplicate: false,
      storedAt: unit.now,
    },
  ]);
}

/** The bot has a look at each contact that begins by mail: whoever is in danger must not wait for their turn. */
function haveRead(unit: Unit, stored: readonly StoredArrival[], { tickets, begun }: OpenedTickets): void {
  const read = new Set<string>();
  for (const { arrival, conversation, message } of stored) {
    const ticket = tickets.get(conversation.id);
    if (!arrival.event.letter || arrival.event.automatic || !ticket || !begun.has(ticket.id) || read.has(ticket.id))
      continue;
    read.add(ticket.id);
    unit.enqueue('inbound.triage', { messageId: message.id });
  }
}

/** A conversation with a department has no ticket of its own. */
async function ticketsFor(unit: Unit, placed: readonly Placed[], priority: number): Promise<OpenedTickets> {
  const contacts = new Map<string, Contact>();
  for (const { arrival, conversation } of placed) {
    if (conversation.side_of) continue;
    const { queueId, subject, automatic } = arrival.event;
    const contact = contacts.get(conversation.id);
    if (contact) contact.automatic &&= automatic === true;
    else {
      contacts.set(conversation.id, {
        conversation,
        queueId,
        subject: subject ?? null,
        automatic: automatic === true,
      });
    }
  }
  if (contacts.size === 0) return { tickets: new Map(), begun: new Set() };
  return openTickets(unit, [...contacts.values()], priority);
}

function draftOf({ arrival, conversation }: Placed, ticketId: string | null): MessageDraft {
  const { event } = arrival;
  // On a thread it may be somebody else than whom it began with; who, only the message itself can say.
  const name = event.thread ? (event.from.displayName ?? event.from.address) : null;
  return {
    conversationId: conversation.id,
    ticketId,
    externalId: event.externalId,
    direction: 'in',
    author: conversation.side_of
      ? { type: 'department', id: null, name }
      : { type: 'citizen', id: conversation.citizen_id, name },
    parts: event.parts,
    clientId: event.clientId ?? null,
    status: 'stored',
  };
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
