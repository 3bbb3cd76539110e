import type { ErrorBody } from '../../../../server/contract/errors.ts';
import type { Cursors, Message, Part } from '../../../../server/contract/message.ts';
import type { ChatPage } from '../../../../server/contract/socket.ts';

/**
 * What the widget holds of a conversation. Pure: the same news in any order, any number of times, gives the same
 * messages, each once and in the order of their seq.
 */
export interface ConversationLog {
  readonly conversationId: string | null;
  /** Lowest seq from which on nothing may be missing; null before the first page came. */
  readonly from: number | null;
  /** By seq, each once. A hole in the numbers is a message not received yet. */
  readonly messages: readonly Message[];
  /** Written here and not known to be stored, in the order of writing. */
  readonly pending: readonly PendingMessage[];
  readonly cursors: Cursors;
  /** Highest seq known to exist. */
  readonly lastSeq: number;
}

export interface PendingMessage {
  readonly clientId: string;
  readonly parts: readonly Part[];
  readonly writtenAt: string;
  /** waiting: to be sent when its turn comes · sending: on its way · refused: the server said no, see `error`. */
  readonly state: 'waiting' | 'sending' | 'refused';
  readonly error: ErrorBody | null;
}

export const emptyLog: ConversationLog = {
  conversationId: null,
  from: null,
  messages: [],
  pending: [],
  cursors: { citizenDelivered: 0, citizenRead: 0, cityDelivered: 0, cityRead: 0 },
  lastSeq: 0,
};

/** Takes in a page of any kind: the newest one, what came behind a cursor, or an earlier one. */
export function withPage(
  log: ConversationLog,
  page: Pick<ChatPage, 'conversationId' | 'messages' | 'cursors' | 'lastSeq'>,
): ConversationLog {
  const isOther =
    log.conversationId !== null && page.conversationId !== null && log.conversationId !== page.conversationId;
  const base = isOther ? { ...emptyLog, pending: log.pending } : log;
  const merged = merge({ ...base, from: startOf(base.from, page) }, page.messages);
  return {
    ...merged,
    conversationId: page.conversationId ?? base.conversationId,
    cursors: furthest(base.cursors, page.cursors),
    lastSeq: Math.max(merged.lastSeq, page.lastSeq),
  };
}

/** Takes in one message that was pushed or acknowledged. Before the first page it is left to that page. */
export function withMessage(log: ConversationLog, message: Message): ConversationLog {
  if (log.from === null) return settle(log, [message]);
  const base = log.conversationId === null ? { ...log, conversationId: message.conversationId } : log;
  if (base.conversationId !== message.conversationId) return settle(log, [message]);
  return merge(base, [message]);
}

/** Cursors only grow, whatever order they arrive in. */
export function withCursors(log: ConversationLog, cursors: Partial<Cursors>): ConversationLog {
  return { ...log, cursors: furthest(log.cursors, cursors) };
}

/** Adds a message written here, unless it is known already. */
export function withPending(log: ConversationLog, message: PendingMessage): ConversationLog {
  const isKnown = [...log.pending, ...log.messages].some(({ clientId }) => clientId === message.clientId);
  return isKnown ? log : { ...log, pending: [...log.pending, message] };
}

/** Changes the state of a message that is not stored yet. */
export function markPending(
  log: ConversationLog,
  clientId: string,
  state: PendingMessage['state'],
  error: ErrorBody | null = null,
): ConversationLog {
  const pending = log.pending.map((message) =>
    message.clientId === clientId ? { ...message, state, error } : message,
  );
  return { ...log, pending };
}

/** Takes back a message that was never stored. */
export function withoutPending(log: ConversationLog, clientId: string): ConversationLog {
  return { ...log, pending: log.pending.filter((message) => message.clientId !== clientId) };
}

/** The message whose turn it is. One at a time, so that they are stored in the order of writing. */
export function nextToSend(log: ConversationLog): PendingMessage | null {
  if (log.pending.some(({ state }) => state === 'sending')) return null;
  return log.pending.find(({ state }) => state === 'waiting') ?? null;
}

/** Highest seq up to which nothing is missing: the cursor to resume from. */
export function resumePoint(log: ConversationLog): number {
  let upTo = (log.from ?? 1) - 1;
  for (const { seq } of log.messages) {
    if (seq > upTo + 1) break;
    upTo = Math.max(upTo, seq);
  }
  return upTo;
}

/** Whether messages are known to exist which have not come yet. */
export function hasGap(log: ConversationLog): boolean {
  return log.from !== null && log.lastSeq > resumePoint(log);
}

export function hasEarlier(log: ConversationLog): boolean {
  return log.from !== null && log.from > 1;
}

function startOf(from: number | null, page: Pick<ChatPage, 'messages' | 'lastSeq'>): number {
  const [first, last] = [page.messages[0]?.seq, page.messages.at(-1)?.seq];
  if (from === null) return first ?? page.lastSeq + 1;
  if (first === undefined || last === undefined) return from;
  return first < from && last >= from - 1 ? first : from;
}

function merge(log: ConversationLog, incoming: readonly Message[]): ConversationLog {
  const bySeq = new Map(log.messages.map((message) => [message.seq, message]));
  for (const message of incoming) if (message.seq >= (log.from ?? 1)) bySeq.set(message.seq, message);
  const messages = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  return settle({ ...log, messages, lastSeq: Math.max(log.lastSeq, messages.at(-1)?.seq ?? 0) }, incoming);
}

function settle(log: ConversationLog, stored: readonly Message[]): ConversationLog {
  const storedIds = new Set(stored.map(({ clientId }) => clientId));
  const pending = log.pending.filter(({ clientId }) => !storedIds.has(clientId));
  return pending.length === log.pending.length ? log : { ...log, pending };
}

function furthest(known: Cursors, news: Partial<Cursors>): Cursors {
  return {
    citizenDelivered: Math.max(known.citizenDelivered, news.citizenDelivered ?? 0),
    citizenRead: Math.max(known.citizenRead, news.citizenRead ?? 0),
    cityDelivered: Math.max(known.cityDelivered, news.cityDelivered ?? 0),
    cityRead: Math.max(known.cityRead, news.cityRead ?? 0),
  };
}
