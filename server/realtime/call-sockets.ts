import { refOf } from '../calls/find-call.ts';
import { WEB_CALLS_ACCOUNT } from '../calls/lines.ts';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import { rooms } from '../contract/socket.ts';
import type { CallHost, CallSockets, VoiceLine } from '../contract/voice.ts';
import { LEG_LEASE_SECONDS } from '../contract/web-call.ts';
import { allowance, type Rate } from './allowance.ts';
import { serveLegs } from './call-legs.ts';
import { serveCitizen } from './citizen-calls.ts';
import { networkOf } from './network-of.ts';
import type { ChatNamespace, ConsoleNamespace } from './socket-server.ts';

interface Namespaces {
  chat: ChatNamespace;
  console: ConsoleNamespace;
}

/** Calls begun from one network address: a street of people behind one router, not a script. */
const BEGINNINGS: Rate = { perSecond: 0.2, burst: 20 };
/** Network addresses remembered; beyond it all are forgiven, which only a script would need. */
const REMEMBERED = 10_000;
const LOOK_EVERY_MS = 2_000;

/** How the web line reaches browsers, whichever server process they hang on. */
export const callSockets = ({ chat, console }: Namespaces): CallSockets => ({
  toVisitor: (visitor, event, data) => void chat.to(rooms.visitor(visitor)).emit(event, ...([data] as never)),
  toOperator: (operatorId, event, data) =>
    void console.to(rooms.operator(operatorId)).emit(event, ...([data] as never)),
});

/**
 * Answers `call.*` of both namespaces, and notices whose browser has fallen silent.
 * @returns stops it
 */
export function serveCalls(
  context: AppContext,
  parts: { host: CallHost; line: VoiceLine; sockets: CallSockets },
  namespaces: Namespaces,
): () => void {
  const { database, clock, log } = context;
  const { db } = database;
  const { host, line, sockets } = parts;
  const beginnings = new Map<string, () => void>();

  function mayBegin(address: string): void {
    if (beginnings.size > REMEMBERED) beginnings.clear();
    const network = networkOf(address);
    const take = beginnings.get(network) ?? allowance(BEGINNINGS);
    beginnings.set(network, take);
    take();
  }

  namespaces.chat.on('connection', (socket) => serveCitizen(socket, { context, host, sockets, mayBegin }));

  namespaces.console.on('connection', (socket) => {
    const { data } = socket;
    serveLegs(
      socket,
      { context, host, sockets },
      {
        locale: () => data.operator.locale,
        owns: ({ operatorId }) => operatorId === data.operator.id,
        async callOf(callId) {
          const call = await webCalls().where('c.id', '=', callId).executeTakeFirst();
          if (!call) throw new AppError('not_found');
          return call;
        },
      },
    );
  });

  const webCalls = () =>
    db
      .selectFrom('call as c')
      .selectAll('c')
      .where('c.channel_account_id', '=', WEB_CALLS_ACCOUNT)
      .where('c.ended_at', 'is', null);

  /** Calls with a leg that nobody has heard of for longer than its lease. */
  async function lapse(): Promise<void> {
    const cutoff = addSeconds(clock.now(), -LEG_LEASE_SECONDS);
    const calls = await webCalls()
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('call_leg as l')
            .select('l.id')
            .whereRef('l.call_id', '=', 'c.id')
            .where((leg) => leg.or([leg('l.state', '=', 'joined'), leg('l.role', '=', 'citizen')]))
            .where((leg) => leg(leg.fn.coalesce('l.seen_at', 'l.joined_at', 'l.created_at'), '<', cutoff)),
        ),
      )
      .execute();
    for (const call of calls) {
      const ref = refOf(call);
      const facts = await line.look(ref, []);
      if (facts.length > 0) await host.report(ref, facts);
    }
  }

  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(lapse).catch((error) => log.warn({ err: error }, 'silent browsers were not looked for'));
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
