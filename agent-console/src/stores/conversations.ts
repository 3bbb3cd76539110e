import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import type { CaseSummary } from '../../../server/contract/case.ts';
import type { Citizen, TicketDetail, TicketEvent, Viewer } from '../../../server/contract/http.ts';
import type { Cursors, Message } from '../../../server/contract/message.ts';
import type { JoinedConversation } from '../../../server/contract/ticket-merge.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import { leastKnown } from '../composables/joined-logs.ts';
import { envelopeOf } from '../composables/mail.ts';
import { contiguousUntil, follows, type MessageLog, merge } from '../composables/message-log.ts';
import { useCalls } from './calls.ts';
import { useCases } from './cases.ts';
import { useConnection } from './connection.ts';
import { useInbox } from './inbox.ts';

/** A conversation that a merged contact brought, as far as it is known here. */
export interface JoinedLog extends Omit<JoinedConversation, 'messages'> {
  messages: MessageLog;
}

export interface Conversation {
  ticketId: string;
  conversationId: string;
  citizen: Citizen;
  messages: MessageLog;
  events: TicketEvent[];
  cursors: Cursors;
  hasEarlier: boolean;
  earlier: 'idle' | 'loading' | 'failed';
  /** Ids of the citizen's other contacts; the tickets are the inbox's. */
  history: string[];
  /** Ids of what the citizen filed or follows; the cases are the cases' store's. */
  cases: string[];
  viewers: Viewer[];
  citizenTyping: boolean;
  /** How an answer by mail would leave; null on other channels. */
  email: TicketDetail['email'];
  /** How an answer by WhatsApp, SMS, Messenger or Instagram would leave; null on other channels. */
  messaging: TicketDetail['messaging'];
  /** The call that they wait for. */
  callback: TicketDetail['callback'];
  /** What to know of this person now. */
  warnings: TicketDetail['warnings'];
  /** Contacts that became part of it, and the conversations that they brought. */
  merged: TicketDetail['merged'];
  joined: JoinedLog[];
}
export type OpenConversation =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; conversation: Conversation };

/** What else belongs to a contact then, the server knows. */
const MAY_CHANGE_MORE: ReadonlySet<TicketEvent['type']> = new Set([
  'call_began',
  'call_ended',
  'callback_wanted',
  'merged',
  'unmerged',
]);

/** How many conversations stay in memory, so that going back to one is instant. */
const KEPT = 16;

/** The conversations on screen or lately there, kept whole over any loss of the connection. */
export const useConversations = defineStore('conversations', () => {
  const inbox = useInbox();
  const cases = useCases();
  const calls = useCalls();
  const socket = consoleSocket();
  const open = reactive(new Map<string, OpenConversation>());
  const watched = ref<string | null>(null);

  const ready = () => [...open.values()].flatMap((each) => (each.status === 'ready' ? [each.conversation] : []));
  const ofConversation = (id: string) => ready().filter((each) => each.conversationId === id);
  /** The same of those that merged contacts brought. */
  const joinedLogs = (id: string) => ready().flatMap(({ joined }) => joined.filter((each) => each.id === id));

  /** What is known of them goes on from there. */
  const takeJoined = (joined: JoinedConversation[], before: Conversation | null): JoinedLog[] =>
    joined.map((each) => {
      const known = before?.joined.find(({ id }) => id === each.id);
      if (!known) return each;
      return { ...each, messages: merge(known.messages, each.messages), hasEarlier: known.hasEarlier };
    });

  function mergeEvents(events: TicketEvent[], incoming: TicketEvent[]): TicketEvent[] {
    const byKey = new Map([...events, ...incoming].map((event) => [`${event.ticketId}:${event.id}`, event]));
    return [...byKey.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id - b.id));
  }

  function take(detail: TicketDetail) {
    inbox.receive(detail.ticket);
    for (const ticket of detail.history) inbox.receive(ticket);
    for (const each of detail.cases) cases.receive(each);
    for (const each of detail.calls) calls.receive(each);
    const known = open.get(detail.ticket.id);
    const before = known?.status === 'ready' ? known.conversation : null;
    open.set(detail.ticket.id, {
      status: 'ready',
      conversation: {
        ticketId: detail.ticket.id,
        conversationId: detail.ticket.conversationId,
        citizen: detail.citizen,
        // What is known may have got further meanwhile; a hole between the two is filled by catching up.
        messages: merge(before?.messages ?? [], detail.messages),
        events: mergeEvents(before?.events ?? [], detail.events),
        cursors: detail.cursors,
        hasEarlier: before?.hasEarlier ?? detail.hasEarlier,
        earlier: 'idle',
        history: detail.history.map((ticket) => ticket.id),
        cases: detail.cases.map((each) => each.id),
        viewers: detail.viewers,
        citizenTyping: before?.citizenTyping ?? false,
        email: detail.email,
        messaging: detail.messaging,
        callback: detail.callback,
        warnings: detail.warnings,
        merged: detail.merged,
        joined: takeJoined(detail.joined, before),
      },
    });
  }

  async function load(ticketId: string) {
    if (open.get(ticketId)?.status !== 'ready') open.set(ticketId, { status: 'loading' });
    try {
      take(await call('openTicket', { params: { id: ticketId } }));
      await catchUp(ticketId);
    } catch (failure) {
      if (open.get(ticketId)?.status !== 'ready') {
        open.set(ticketId, { status: 'failed', failure: failure as ApiFailure });
      }
    }
  }

  /** Fetches what came behind the last message without a hole, page after page, until the newest. */
  async function catchUp(ticketId: string) {
    const entry = open.get(ticketId);
    if (entry?.status !== 'ready') return;
    const { conversation } = entry;
    await catchUpLog(conversation.conversationId, conversation);
    for (const joined of conversation.joined) await catchUpLog(joined.id, joined);
  }

  async function catchUpLog(id: string, log: Pick<Conversation, 'messages' | 'cursors'>) {
    for (;;) {
      const after = contiguousUntil(log.messages);
      const page = await call('listMessages', { params: { id }, query: { after } });
      log.messages = merge(log.messages, page.messages);
      log.cursors = page.cursors;
      const reached = contiguousUntil(log.messages);
      if (reached === after || reached >= page.lastSeq) return;
    }
  }

  async function loadEarlier(ticketId: string) {
    const entry = open.get(ticketId);
    if (entry?.status !== 'ready' || entry.conversation.earlier === 'loading') return;
    const { conversation } = entry;
    const log = leastKnown([conversation, ...conversation.joined]);
    const before = log?.messages[0]?.seq;
    if (!log || before === undefined) return;
    const id = 'id' in log ? log.id : conversation.conversationId;
    conversation.earlier = 'loading';
    try {
      const page = await call('listMessages', { params: { id }, query: { before } });
      log.messages = merge(page.messages, log.messages);
      log.hasEarlier = page.hasEarlier;
      conversation.earlier = 'idle';
    } catch {
      conversation.earlier = 'failed';
    }
  }

  const bringsFolio = (message: Message, { cases: known }: Conversation) =>
    message.parts.some(
      (part) => part.type === 'folio' && !known.some((id) => cases.cases.get(id)?.folio === part.folio),
    );

  const changesAnswers = (message: Message, { messaging }: Conversation) =>
    message.direction === 'in' && (messaging !== null || envelopeOf(message) !== null);

  function addMessage(message: Message) {
    addJoined(message);
    for (const conversation of ofConversation(message.conversationId)) {
      const whole = follows(conversation.messages, message);
      conversation.messages = merge(conversation.messages, [message]);
      if (message.direction === 'in') conversation.citizenTyping = false;
      // Another mail may be answered to somebody else; a word by WhatsApp opens the window again.
      if (changesAnswers(message, conversation)) void load(conversation.ticketId);
      // A folio that is news here was opened meanwhile, by the bot or by somebody else.
      else if (bringsFolio(message, conversation)) void load(conversation.ticketId);
      else if (!whole) void catchUp(conversation.ticketId).catch(() => {});
    }
  }

  function addJoined(message: Message) {
    for (const log of joinedLogs(message.conversationId)) {
      const whole = follows(log.messages, message);
      log.messages = merge(log.messages, [message]);
      if (!whole) void catchUpLog(log.id, log).catch(() => {});
    }
    // How an answer would leave there depends on what was said last.
    for (const { ticketId, joined } of ready()) {
      if (message.direction === 'in' && joined.some(({ id }) => id === message.conversationId)) void load(ticketId);
    }
  }

  /** The server's answer to who sent it: by then a push may have told that the message has got further. */
  function addSent(message: Message) {
    const logs = [...ofConversation(message.conversationId), ...joinedLogs(message.conversationId)];
    const known = logs.some(({ messages }) => messages.some(({ id }) => id === message.id));
    if (!known) addMessage(message);
  }

  function addEvent(event: TicketEvent) {
    for (const conversation of ready()) {
      if (conversation.ticketId !== event.ticketId && !conversation.history.includes(event.ticketId)) continue;
      conversation.events = mergeEvents(conversation.events, [event]);
    }
  }

  function addCase(ticketId: string, each: CaseSummary) {
    cases.receive(each);
    for (const conversation of ready()) {
      if (conversation.ticketId !== ticketId || conversation.cases.includes(each.id)) continue;
      conversation.cases = [each.id, ...conversation.cases];
    }
  }

  function setCitizen(citizen: Citizen) {
    for (const conversation of ready()) if (conversation.citizen.id === citizen.id) conversation.citizen = citizen;
  }

  function forgetOldest() {
    for (const id of open.keys()) {
      if (open.size <= KEPT) return;
      if (id !== watched.value) open.delete(id);
    }
  }

  /** Shows a ticket: loads it, follows it live, lets others see that somebody looks. */
  function watch(ticketId: string) {
    if (watched.value && watched.value !== ticketId) socket.emit('unwatch', { ticketId: watched.value });
    watched.value = ticketId;
    forgetOldest();
    announce();
    return load(ticketId);
  }

  function unwatch() {
    if (watched.value) socket.emit('unwatch', { ticketId: watched.value });
    watched.value = null;
  }

  function announce() {
    if (!socket.connected || watched.value === null) return;
    const ticketId = watched.value;
    socket.emit('watch', { ticketId }, (ack) => {
      const entry = open.get(ticketId);
      if (ack.ok && entry?.status === 'ready') entry.conversation.viewers = ack.viewers;
    });
  }

  socket.on('connect', announce);
  socket.on('ticket.gone', ({ ticketId }) => {
    open.delete(ticketId);
    // Asked again, the server says that there is no such contact.
    if (watched.value === ticketId) void load(ticketId);
  });
  socket.on('message', ({ message }) => addMessage(message));
  socket.on('event', (event) => {
    addEvent(event);
    if (MAY_CHANGE_MORE.has(event.type) && open.has(event.ticketId)) void load(event.ticketId);
    // From now on what happens in its other conversations is to be heard as well.
    if (event.ticketId === watched.value && event.type === 'merged') announce();
  });
  socket.on('cursors', ({ conversationId, cursors }) => {
    for (const log of [...ofConversation(conversationId), ...joinedLogs(conversationId)]) log.cursors = cursors;
  });
  socket.on('citizen.typing', ({ conversationId, typing }) => {
    for (const conversation of ready()) {
      const ids = [conversation.conversationId, ...conversation.joined.map(({ id }) => id)];
      if (ids.includes(conversationId)) conversation.citizenTyping = typing;
    }
  });
  socket.on('citizen.changed', ({ citizenId }) => {
    for (const conversation of ready()) if (conversation.citizen.id === citizenId) void load(conversation.ticketId);
  });
  socket.on('viewers', ({ ticketId, viewers }) => {
    const entry = open.get(ticketId);
    if (entry?.status === 'ready') entry.conversation.viewers = viewers;
  });
  useConnection().onReconnect(() => {
    for (const { ticketId } of ready()) void load(ticketId);
  });

  return { open, watched, watch, unwatch, load, loadEarlier, addMessage, addSent, addEvent, addCase, setCitizen };
});
