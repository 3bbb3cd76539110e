import type { AppContext } from '../../context.ts';
import type { CallDevice } from '../../contract/call.ts';
import type { Actor } from '../../operators/actor.ts';
import { linesOf, WEB_CALLS_ACCOUNT } from '../lines.ts';
import { readCall } from '../present-call.ts';

type Parts = Pick<AppContext, 'database' | 'city' | 'lines' | 'accounts' | 'log'>;

/** What an operator's browser needs to take calls, of every line, and the call it is in. */
export async function callDevice(parts: Parts, actor: Actor): Promise<CallDevice> {
  const { city, lines, accounts, log } = parts;
  const known = linesOf(city).flatMap((line) => {
    const { kind } = lines.get(line.id) ?? {};
    return kind ? [{ ...line, kind }] : [];
  });
  const device: CallDevice = {
    lines: known.map(({ id, kind, name, address }) => ({
      accountId: id,
      kind,
      name,
      address,
      simulated: id !== WEB_CALLS_ACCOUNT && accounts.get(id)?.simulated === true,
    })),
    iceServers: [],
    twilio: null,
    simulated: null,
    wrapUpSeconds: city.calls.wrapUpSeconds,
    current: await currentCall(parts, actor),
  };
  for (const { id } of known) {
    // A line that is down leaves the others to be used.
    const part = await lines
      .get(id)
      ?.deviceFor(actor.id)
      .catch(
        (error: unknown) => void log.warn({ err: error, accountId: id }, 'a line has no telephone for an operator'),
      );
    if (!part) continue;
    device.iceServers = device.iceServers.length > 0 ? device.iceServers : (part.iceServers ?? []);
    device.twilio ??= part.twilio ?? null;
    device.simulated ??= part.simulated ?? null;
  }
  return device;
}

async function currentCall({ database: { db }, city }: Parts, actor: Actor): Promise<CallDevice['current']> {
  const leg = await db
    .selectFrom('call_leg as l')
    .innerJoin('call as k', 'k.id', 'l.call_id')
    .innerJoin('ticket as t', 't.id', 'k.ticket_id')
    .select(['l.id', 'l.call_id'])
    .where('l.operator_id', '=', actor.id)
    .where('k.ended_at', 'is', null)
    .where((where) =>
      where.or([
        where('l.state', 'in', ['ringing', 'joined']),
        // Lost a moment ago: the citizen holds on.
        where.and([
          where('l.state', '=', 'left'),
          where('l.role', '=', 'operator'),
          where('t.state', '=', 'assigned'),
          where('t.operator_id', '=', actor.id),
        ]),
      ]),
    )
    .orderBy('l.created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return leg ? { call: await readCall(db, city, leg.call_id), legId: leg.id } : null;
}
