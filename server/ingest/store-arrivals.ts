import type { Receipt } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import type { Message, Part } from '../contract/message.ts';
import { appendMessages, type MessageDraft } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { recordAnswers } from '../email/department-answers.ts';
import { type Acknowledge, type StoredArrival, storeLetters } from '../email/store-letters.ts';
import { keepFetches } from '../media/keep-fetches.ts';
import { applyChanges } from './apply-changes.ts';
import { type Arrival, isFromNetwork } from './arrival.ts';
import { findWishes, type HeedWishes } from './heed-wishes.ts';
import { keepUnsupported } from './keep-unsupported.ts';
import type { OpenedTickets } from './open-tickets.ts';
import { pickByNumber } from './pick-by-number.ts';
import { placeArrivals } from './place-arrivals.ts';
import type { Placed } from './placed.ts';
import { pointAtAnswered } from './point-at-answered.ts';
import { promiseTurns } from './promise-turns.ts';
import { earlierReceipts, receiptKey } from './receipts.ts';
import { ticketOf, ticketsFor } from './tickets-for.ts';

/** What else happens to messages in the transaction that stores them. */
export interface StoreParts {
  city: Pick<City, 'defaultPriority'>;
  acknowledge: Acknowledge;
  heedWishes: HeedWishes;
}

/**
 * Stores decoded messages in one transaction: each once, in its conversation's order, under an open ticket, with the
 * bot's turn promised where the bot has the ticket. Receipts come in the order of `all`.
 * Null instead of a receipt: another transaction holds the conversation, and the message was not stored.
 */
export async function storeArrivals(
  unit: Unit,
  all: readonly Arrival[],
  parts: StoreParts,
): Promise<(Receipt | null)[]> {
  const placed = await placeArrivals(unit, all);
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
    const stored = await store(unit, [...fresh.values()], parts);
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

async function store(
  unit: Unit,
  placed: readonly Placed[],
  { city, acknowledge, heedWishes }: StoreParts,
): Promise<[string, Receipt][]> {
  const wishes = await findWishes(unit, placed);
  const conversations = new Map(placed.map(({ conversation }) => [conversation.id, conversation]));
  const { tickets, begun } = await ticketsFor(unit, placed, wishes, city.defaultPriority);
  const read = new Map([...(await pickByNumber(unit, placed)), ...(await keepUnsupported(unit, placed))]);
  const drafts = placed.map((entry) =>
    draftOf(entry, ticketOf(entry, tickets, wishes), read.get(entry) ?? entry.arrival.event.parts),
  );
  const messages = await appendMessages(unit.tx, unit.now, conversations, drafts);
  await claimAttachments(unit, drafts);
  const stored = placed.map((entry, index) => ({ ...entry, message: messages[index] as Message }));
  await storeLetters(unit, stored);
  await recordAnswers(unit, stored);
  await keepFetches(unit, stored);
  await pointAtAnswered(unit, stored);
  await acknowledge(unit, stored, { tickets, begun });
  haveRead(unit, stored, { tickets, begun });
  await promiseTurns(unit, stored, tickets);

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
  await applyChanges(unit, stored.flatMap(targetOf));
  await heedWishes(
    unit,
    stored.flatMap((one, index) => {
      const wish = wishes.get(placed[index] as Placed);
      return wish ? [{ stored: one, wish }] : [];
    }),
    tickets,
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

const targetOf = ({ arrival }: StoredArrival) =>
  isFromNetwork(arrival) ? [{ accountId: arrival.accountId, externalId: arrival.event.externalId }] : [];

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

function draftOf({ arrival, conversation }: Placed, ticketId: string | null, parts: Part[]): MessageDraft {
  const { event } = arrival;
  // On a thread it may be somebody else than whom it began with; who, only the message itself can say.
  const name = event.thread ? (event.from.displayName ?? event.from.address) : null;
  const { address, replyTo } = event.from;
  return {
    conversationId: conversation.id,
    ticketId,
    externalId: event.externalId,
    direction: 'in',
    author: conversation.side_of
      ? { type: 'department', id: null, name }
      : { type: 'citizen', id: conversation.citizen_id, name },
    parts,
    clientId: event.clientId ?? null,
    status: 'stored',
    saidAt: event.sentAt,
    automatic: event.automatic,
    // Whoever writes from another of their addresses is answered there.
    replyTo: replyTo ?? (isFromNetwork(arrival) && address !== conversation.address ? address : undefined),
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
