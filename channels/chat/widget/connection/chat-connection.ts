import { io, type Socket } from 'socket.io-client';
import type { ChatClientEvents, ChatPushes } from '../../../../server/contract/socket.ts';
import type { CallPushes } from '../../../../server/contract/voice.ts';
import { own } from '../locales/refusal.ts';

type Request = Exclude<keyof ChatClientEvents, 'typing'>;
type Data<Event extends keyof ChatClientEvents> = Parameters<ChatClientEvents[Event]>[0];
type Answer<Event extends Request> = Parameters<NonNullable<Parameters<ChatClientEvents[Event]>[1]>>[0];

export interface ChatConnection {
  readonly connected: boolean;
  open(): void;
  close(): void;
  /** Hangs up and calls again. */
  restart(): void;
  /** Never throws: no answer in time is the refusal `unavailable`, after which the same request may be repeated. */
  request<Event extends Request>(event: Event, data: Data<Event>): Promise<Answer<Event>>;
  typing(typing: boolean): void;
  /** What a call pushes. @returns stops it */
  on<Event extends keyof CallPushes>(event: Event, listener: CallPushes[Event]): () => void;
}

export interface ChatConnectionListener {
  /** The line is up; nothing has been said yet. */
  connected(): void;
  disconnected(): void;
  pushed: { [Event in keyof ChatPushes]: ChatPushes[Event] };
}

const ANSWER_WITHIN_MS = 10_000;
const RECONNECT_AFTER_REFUSAL_MS = 3_000;

/** One socket to namespace `/chat` of `origin`, kept up until closed. */
export function chatConnection(origin: string, listener: ChatConnectionListener): ChatConnection {
  // A WebSocket first: one round trip less than polling, which matters on 3G; polling where proxies forbid it.
  const socket: Socket = io(`${origin}/chat`, {
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });

  socket.on('connect', listener.connected);
  socket.on('disconnect', (reason) => {
    listener.disconnected();
    // The one case in which Socket.IO does not come back by itself: a server that is stopping.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), RECONNECT_AFTER_REFUSAL_MS);
  });
  socket.on('connect_error', listener.disconnected);
  for (const [event, handler] of Object.entries(listener.pushed)) socket.on(event, handler);

  return {
    get connected() {
      return socket.connected;
    },
    open: () => socket.connect(),
    close: () => socket.disconnect(),
    restart: () => socket.disconnect().connect(),
    async request(event, data) {
      // Socket.IO would keep it and send it before the hello of the next connection.
      if (!socket.connected) return { ok: false, error: own.unavailable };
      try {
        return await socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, data);
      } catch {
        return { ok: false, error: own.unavailable };
      }
    },
    typing(typing) {
      if (socket.connected) socket.volatile.emit('typing', { typing });
    },
    on(event, listener) {
      socket.on(event as string, listener);
      return () => void socket.off(event as string, listener);
    },
  };
}
