import { io, type Socket } from 'socket.io-client';
import type { MessagePage, Offer, TicketPage } from '../../server/contract/http.ts';
import type { ConsoleClientEvents, ConsoleServerEvents } from '../../server/contract/socket.ts';
import type { ShownMessage } from './judge.ts';
import type { Random } from './random.ts';

/** Somebody who accepts, answers and closes contacts, and signs in again whenever the server was away. */
export interface ChaosOperator {
  /** Ids of answers the server acknowledged. */
  acknowledged: string[];
  work(done: () => boolean): Promise<void>;
  read(conversationId: string): Promise<ShownMessage[]>;
  close(): void;
}

export function createChaosOperator(url: string, email: string, password: string, random: Random): ChaosOperator {
  const acknowledged: string[] = [];
  let cookie = '';
  let socket: Socket<ConsoleServerEvents, ConsoleClientEvents> | null = null;

  async function call<T>(method: string, path: string, body?: object): Promise<T | null> {
    try {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(4_000),
      });
      if (answer.status === 401) cookie = '';
      if (!answer.ok) return null;
      const [set] = answer.headers.getSetCookie();
      if (set) cookie = set.split(';')[0] ?? '';
      return (await answer.json()) as T;
    } catch {
      return null;
    }
  }

  async function arrive(): Promise<boolean> {
    if (cookie && socket?.connected) return true;
    if (!cookie && !(await call('POST', '/session', { email, password }))) return false;
    socket?.disconnect();
    socket = io(`${url}/console`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
    socket.on('connect', () => void socket?.emit('heartbeat', () => {}));
    await call('PUT', '/session/presence', { status: 'available' });
    return true;
  }

  async function answer(ticketId: string): Promise<void> {
    const clientId = crypto.randomUUID();
    const send = () => call<{ id: string }>('POST', `/tickets/${ticketId}/messages`, { clientId, text: 'Con gusto.' });
    // A lost answer is asked for again under the same id, as the console does.
    if ((await send()) ?? (await send())) acknowledged.push(clientId);
  }

  return {
    acknowledged,
    async work(done) {
      while (!done()) {
        if (await arrive()) {
          socket?.emit('heartbeat', () => {});
          await call('PUT', '/session/presence', { status: 'available' });
          const current = await call<{ offer: Offer | null }>('GET', '/offers/current');
          if (current?.offer) await call('POST', `/offers/${current.offer.id}/accept`);
          const mine = await call<TicketPage>('GET', '/tickets?view=mine');
          for (const ticket of mine?.tickets ?? []) {
            if (ticket.state !== 'assigned' || done()) continue;
            await answer(ticket.id);
            if (random.next() < 0.3) await call('POST', `/tickets/${ticket.id}/close`, { disposition: 'resuelto' });
          }
        }
        await new Promise((resume) => setTimeout(resume, 150));
      }
    },
    async read(conversationId) {
      await arrive();
      const messages: ShownMessage[] = [];
      for (;;) {
        const after = messages.at(-1)?.seq ?? 0;
        const page = await call<MessagePage>(
          'GET',
          `/conversations/${conversationId}/messages?after=${after}&limit=100`,
        );
        if (!page || page.messages.length === 0) return messages;
        messages.push(...page.messages.map(({ seq, clientId, direction }) => ({ seq, clientId, direction })));
      }
    },
    close: () => void socket?.disconnect(),
  };
}
