import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { ErrorBody, Locale } from '../../server/contract/errors.ts';
import type { Attachment } from '../../server/contract/http.ts';
import type { Cursors, Message, Part } from '../../server/contract/message.ts';
import { isOlderNews } from '../../server/contract/older-news.ts';
import type {
  ChatClientEvents,
  ChatPage,
  ChatSend,
  ChatServerEvents,
  ChatTicket,
  ChatWelcome,
} from '../../server/contract/socket.ts';
import { until } from './until.ts';
import { words } from './words.ts';

type ChatSocket = Socket<ChatServerEvents, ChatClientEvents>;

export interface ResidentOptions {
  locale?: Locale;
  /** Of an earlier visit. */
  token?: string;
  after?: number;
}

/** Somebody on the web chat: a real socket, and the screen as a widget would have it. */
export interface ResidentClient {
  readonly token: string;
  readonly welcome: ChatWelcome;
  readonly socket: ChatSocket;
  /** What is on the screen, oldest first. */
  readonly messages: readonly Message[];
  readonly ticket: ChatTicket | null;
  readonly cursors: Cursors;
  /** Who is typing on the other side, by name; null when nobody is. */
  readonly typing: string | null;
  /** What the server pushed, in the order it came. */
  readonly pushed: readonly { event: string; data: unknown }[];
  /** Writes a text, or any parts, and returns the stored message. */
  say(said: string | ChatSend['parts'], clientId?: string): Promise<Message>;
  /** Any event with its whole acknowledgement. */
  ask(event: keyof ChatClientEvents, data?: unknown): Promise<Record<string, unknown>>;
  /** An event that must be refused, and how it was. */
  refused(event: keyof ChatClientEvents, data?: unknown): Promise<ErrorBody>;
  /** Waits for a message whose words contain `text`. */
  reads(text: string): Promise<Message>;
  /** Waits for a notice of the system. */
  isTold(key: Extract<Part, { type: 'notice' }>['key']): Promise<Message>;
  /** Waits until the contact stands like this. */
  ticketBecomes(expected: Partial<ChatTicket>): Promise<ChatTicket>;
  sync(): Promise<ChatPage>;
  upload(name: string, content: Blob | Uint8Array<ArrayBuffer> | string): Promise<Attachment>;
  /** The same visitor on another screen or another day. */
  again(options?: { after?: number; url?: string; locale?: Locale }): Promise<ResidentClient>;
  leave(): void;
}

const NOTHING = { citizenDelivered: 0, citizenRead: 0, cityDelivered: 0, cityRead: 0 };

/** A connection to `/chat` that has said nothing yet. */
export function openChatSocket(url: string, options: Parameters<typeof io>[1] = {}): ChatSocket {
  return io(`${url}/chat`, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
}

export async function connectResident(url: string, options: ResidentOptions = {}): Promise<ResidentClient> {
  const socket = openChatSocket(url);
  const log = new Map<number, Message>();
  const pushed: { event: string; data: unknown }[] = [];
  let ticket: ChatTicket | null = null;
  let cursors: Cursors = NOTHING;
  let typing: string | null = null;

  const take = (messages: readonly Message[]) => {
    for (const message of messages) log.set(message.seq, message);
  };
  socket.onAny((event, data) => pushed.push({ event, data }));
  socket.on('message', (message) => take([message]));
  socket.on('ticket', (news) => {
    if (!isOlderNews(news, ticket)) ticket = news;
  });
  socket.on('cursors', (news) => {
    cursors = news;
  });
  socket.on('typing', (news) => {
    typing = news.typing ? news.name : null;
  });

  const ask = (event: keyof ChatClientEvents, data: unknown = {}) =>
    (socket as Socket).timeout(20_000).emitWithAck(event, data) as Promise<Record<string, unknown>>;
  const must = async <T>(event: keyof ChatClientEvents, data?: unknown): Promise<T> => {
    const answer = await ask(event, data);
    if (!answer.ok) throw new Error(`«${event}» was refused: ${JSON.stringify(answer.error)}`);
    return answer as T;
  };

  const { token: known, locale = 'es', after } = options;
  const welcome = await must<ChatWelcome>('hello', { token: known, locale, after });
  take(welcome.messages);
  ticket = welcome.ticket;
  cursors = welcome.cursors;
  const messages = () => [...log.values()].sort((a, b) => a.seq - b.seq);

  const client: ResidentClient = {
    token: welcome.token,
    welcome,
    socket,
    pushed,
    get messages() {
      return messages();
    },
    get ticket() {
      return ticket;
    },
    get cursors() {
      return cursors;
    },
    get typing() {
      return typing;
    },
    ask,
    async say(said, clientId = randomUUID()) {
      const parts = typeof said === 'string' ? [{ type: 'text', text: said }] : said;
      const { message } = await must<{ message: Message }>('send', { clientId, parts });
      take([message]);
      return message;
    },
    async refused(event, data) {
      const answer = await ask(event, data);
      if (answer.ok) throw new Error(`«${event}» was accepted: ${JSON.stringify(answer)}`);
      return answer.error as ErrorBody;
    },
    reads: (text) =>
      until(() => messages().find((message) => words(message).includes(text)), {
        what: () => `«${text}» among: ${messages().map(words).join(' | ')}`,
      }),
    isTold: (key) =>
      until(
        () => messages().findLast(({ parts }) => parts.some((part) => part.type === 'notice' && part.key === key)),
        {
          what: `the notice ${key}`,
        },
      ),
    async ticketBecomes(expected) {
      const holds = () => Object.entries(expected).every(([key, value]) => ticket?.[key as keyof ChatTicket] === value);
      await until(holds, { what: () => `${JSON.stringify(expected)}, it is ${JSON.stringify(ticket)}` });
      return ticket as ChatTicket;
    },
    async sync() {
      const page = await must<ChatPage>('sync', { after: withoutGap(messages()) });
      take(page.messages);
      ticket = page.ticket;
      cursors = page.cursors;
      return page;
    },
    async upload(name, content) {
      const body = new FormData();
      body.append('file', content instanceof Blob ? content : new Blob([content]), name);
      const headers = { authorization: `Bearer ${welcome.token}`, 'accept-language': locale };
      const answer = await fetch(`${url}/api/v1/chat/files`, { method: 'POST', headers, body });
      if (!answer.ok) throw Object.assign(new Error('The upload was refused'), await answer.json());
      return (await answer.json()) as Attachment;
    },
    again: (more = {}) => connectResident(more.url ?? url, { locale, ...more, token: welcome.token }),
    leave: () => void socket.disconnect(),
  };
  return client;
}

/** Up to where nothing is missing, as a widget asks: a push may have come before what was said ahead of it. */
function withoutGap(messages: readonly Message[]): number {
  let seq = (messages[0]?.seq ?? 1) - 1;
  for (const message of messages) if (message.seq === seq + 1) seq = message.seq;
  return seq;
}
