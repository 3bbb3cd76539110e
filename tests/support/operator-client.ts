import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { ErrorBody } from '../../server/contract/errors.ts';
import type {
  Offer,
  Presence,
  Session,
  TicketDetail,
  TicketEvent,
  TicketSummary,
  Viewer,
} from '../../server/contract/http.ts';
import type { Message } from '../../server/contract/message.ts';
import { api, type Route, type RouteInput, type RouteOutput } from '../../server/contract/routes.ts';
import type { ConsoleClientEvents, ConsoleServerEvents } from '../../server/contract/socket.ts';
import { callApi, createApiCaller, type Input } from './api-caller.ts';
import { until } from './until.ts';

type ConsoleSocket = Socket<ConsoleServerEvents, ConsoleClientEvents>;

/** Somebody at the console: a session cookie, a real socket that keeps the lease alive, and the API. */
export interface OperatorClient {
  readonly id: string;
  readonly session: Session;
  readonly cookie: string;
  readonly socket: ConsoleSocket;
  /** What came by the socket, by event, oldest first. */
  heard<E extends keyof ConsoleServerEvents>(event: E): Parameters<ConsoleServerEvents[E]>[0][];
  call<R extends Route>(route: R, input?: Input<R>): Promise<RouteOutput<R>>;
  /** A call that must be refused, and how it was. */
  refused<R extends Route>(route: R, input?: Partial<RouteInput<R>>): Promise<ErrorBody & { status: number }>;
  available(): Promise<Presence>;
  away(): Promise<Presence>;
  /** Waits for an offer that stands. */
  offered(): Promise<Offer>;
  /** Waits for the next offer and accepts it. */
  accepts(): Promise<TicketSummary>;
  /** Waits until a ticket looks like this in the inbox. */
  ticketBecomes(id: string, expected: Partial<TicketSummary>): Promise<TicketSummary>;
  say(ticketId: string, text: string, clientId?: string): Promise<Message>;
  open(ticketId: string): Promise<TicketDetail>;
  watch(ticketId: string): Promise<Viewer[]>;
  note(ticketId: string, text: string, clientId?: string): Promise<TicketEvent>;
  close(ticketId: string, disposition?: string): Promise<TicketSummary>;
  /** Stops the heartbeat and drops the connection, as a lost network does. */
  leave(): void;
}

const HEARTBEAT_MS = 500;

/** Opens `/console` with a cookie, without waiting for the connection. */
export function openConsoleSocket(url: string, cookie: string, headers: Record<string, string> = {}): ConsoleSocket {
  return io(`${url}/console`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie, ...headers },
  });
}

export async function connectOperator(url: string, email: string, password: string): Promise<OperatorClient> {
  const { cookie, session } = await signIn(url, email, password);
  const caller = createApiCaller(url, { cookie });
  const socket = openConsoleSocket(url, cookie);
  const heard: { event: string; data: unknown }[] = [];
  socket.onAny((event, data) => heard.push({ event, data }));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  await socket.timeout(20_000).emitWithAck('heartbeat');
  const heartbeat = setInterval(() => void socket.emit('heartbeat', () => {}), HEARTBEAT_MS);

  const of = <E extends keyof ConsoleServerEvents>(event: E) =>
    heard.filter((entry) => entry.event === event).map((entry) => entry.data) as Parameters<
      ConsoleServerEvents[E]
    >[0][];
  const offered = async () => {
    const { offer } = await until(
      async () => {
        const answer = await caller.call(api.currentOffer);
        return answer.offer ? answer : null;
      },
      { what: `an offer for ${email}` },
    );
    return offer as Offer;
  };

  return {
    id: session.operator.id,
    session,
    cookie,
    socket,
    heard: of,
    call: caller.call,
    refused: caller.refused,
    available: () => caller.call(api.setPresence, { body: { status: 'available' } }),
    away: () => caller.call(api.setPresence, { body: { status: 'away' } }),
    offered,
    accepts: async () => caller.call(api.acceptOffer, { params: { id: (await offered()).id } }),
    ticketBecomes: (id, expected) =>
      until(
        async () => {
          const { ticket } = await caller.call(api.openTicket, { params: { id } });
          const holds = Object.entries(expected).every(([key, value]) => ticket[key as keyof TicketSummary] === value);
          return holds ? ticket : null;
        },
        { what: `ticket ${id} to become ${JSON.stringify(expected)}` },
      ),
    say: (id, text, clientId = randomUUID()) =>
      caller.call(api.sendMessage, { params: { id }, body: { clientId, text } }),
    open: (id) => caller.call(api.openTicket, { params: { id } }),
    async watch(ticketId) {
      const answer = await socket.timeout(20_000).emitWithAck('watch', { ticketId });
      if (!answer.ok) throw new Error(`watch was refused: ${answer.error.code}`);
      return answer.viewers;
    },
    note: (id, text, clientId = randomUUID()) => caller.call(api.addNote, { params: { id }, body: { clientId, text } }),
    close: (id, disposition = 'resuelto') => caller.call(api.closeTicket, { params: { id }, body: { disposition } }),
    leave() {
      clearInterval(heartbeat);
      socket.disconnect();
    },
  };
}

/** Signs in over HTTP. */
export async function signIn(
  url: string,
  email: string,
  password: string,
): Promise<{ cookie: string; session: Session }> {
  const answer = await callApi(url, api.signIn, { body: { email, password } });
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(answer.body)}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { cookie, session: answer.body as Session };
}
