import { setTimeout as pause } from 'node:timers/promises';
import type { MessagePage, Session } from '../../server/contract/http.ts';
import type { Message } from '../../server/contract/message.ts';
import { api, type Route, type RouteOutput } from '../../server/contract/routes.ts';
import { callApi, type Input } from '../support/api-caller.ts';
import { openConsoleSocket } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import type { ReplyEvidence, Shown } from './evidence.ts';
import type { Random } from './random.ts';

const EVERY_MS = 150;
const ANSWER_MS = 4_000;

/** Somebody who accepts, answers and closes contacts, and signs in again whenever the server was away. */
export interface ChaosOperator {
  replies: ReplyEvidence[];
  /** @param hurry once true, everything is accepted and closed, so that the desk empties */
  work(done: () => boolean, hurry: () => boolean): Promise<void>;
  read(conversationId: string): Promise<Shown[]>;
  close(): void;
}

/** @param putOn a headset, once it is known who they are: then they take calls */
export function createChaosOperator(
  url: string,
  email: string,
  password: string,
  random: Random,
  putOn?: (operatorId: string) => void,
): ChaosOperator {
  const replies: ReplyEvidence[] = [];
  let operatorId = '';
  let cookie = '';
  let socket: ReturnType<typeof openConsoleSocket> | null = null;

  /** Null when the server refused, or nobody knows. */
  async function call<R extends Route>(route: R, input?: Input<R>): Promise<RouteOutput<R> | null> {
    try {
      const answer = await Promise.race([callApi(url, route, input, { cookie }), tooLate()]);
      if (answer.status === 401) cookie = '';
      if (answer.status !== 200) return null;
      cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
      return answer.body as RouteOutput<R>;
    } catch {
      return null;
    }
  }

  async function arrive(): Promise<boolean> {
    if (cookie && socket?.connected) return true;
    const session = cookie ? null : ((await call(api.signIn, { body: { email, password } })) as Session | null);
    if (session && session.operator.id !== operatorId) putOn?.(session.operator.id);
    operatorId = session?.operator.id ?? operatorId;
    if (!cookie) return false;
    socket?.disconnect();
    socket = openConsoleSocket(url, cookie);
    const opened = socket;
    opened.on('connect', () => void opened.emit('heartbeat', () => {}));
    await beAvailable();
    return true;
  }

  const beAvailable = () => call(api.setPresence, { body: { status: 'available', takesCalls: putOn !== undefined } });

  /** Talks until it is enough. Some calls end by the operator's hand, others when they close the contact. */
  async function isTalking(ticketId: string): Promise<boolean> {
    const live = await call(api.listCalls, { query: { view: 'live' } });
    const mine = live?.calls.find((one) => one.ticketId === ticketId);
    if (!mine) return live === null;
    if (mine.stage !== 'room' || random.next() < 0.8) return true;
    if (random.next() < 0.5) await call(api.hangUpCall, { params: { id: mine.id } });
    return false;
  }

  async function reply(ticketId: string): Promise<void> {
    const clientId = crypto.randomUUID();
    const text = `Con gusto. (${clientId})`;
    const entry: ReplyEvidence = { externalId: `operator:${operatorId}:${clientId}`, text, acks: [] };
    replies.push(entry);
    const once = async () => {
      const stored = await call(api.sendMessage, { params: { id: ticketId }, body: { clientId, text } });
      if (stored) entry.acks.push({ messageId: (stored as Message).id, seq: (stored as Message).seq });
      return stored !== null;
    };
    // A lost answer is asked for again under the same id, as the console does; some are for no reason.
    if (!(await once()) || random.next() < 0.1) await once();
  }

  async function turn(hurry: boolean): Promise<void> {
    socket?.emit('heartbeat', () => {});
    await beAvailable();
    const id = (await call(api.currentOffer))?.offer?.id;
    if (id) await call(!hurry && random.next() < 0.1 ? api.declineOffer : api.acceptOffer, { params: { id } });
    const mine = await call(api.listTickets, { query: { view: 'mine' } });
    for (const ticket of mine?.tickets ?? []) {
      if (ticket.state !== 'assigned') continue;
      if (ticket.channel !== 'voice') await reply(ticket.id);
      else if (!hurry && (await isTalking(ticket.id))) continue;
      if (!hurry && random.next() > 0.3) continue;
      await call(api.closeTicket, { params: { id: ticket.id }, body: { disposition: 'resuelto' } });
    }
  }

  return {
    replies,
    async work(done, hurry) {
      while (!done()) {
        if (await arrive()) await turn(hurry());
        await pause(EVERY_MS);
      }
    },
    async read(conversationId) {
      const messages: Shown[] = [];
      for (;;) {
        const after = messages.at(-1)?.seq ?? 0;
        const query = { after, limit: 100 };
        const page: MessagePage = await until(
          async () => ((await arrive()) ? call(api.listMessages, { params: { id: conversationId }, query }) : null),
          { timeout: 60_000, what: `conversation ${conversationId} in the console` },
        );
        if (page.messages.length === 0) return messages;
        messages.push(...page.messages.map(({ seq, id }) => ({ seq, id })));
      }
    },
    close: () => void socket?.disconnect(),
  };
}

async function tooLate(): Promise<never> {
  await pause(ANSWER_MS, undefined, { ref: false });
  throw new Error('No answer in time');
}
