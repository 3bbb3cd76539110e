import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { changeCall, changeLeg, lockCall } from './change-call.ts';
import { endCall } from './end-call.ts';
import { isLive } from './find-call.ts';
import { lockPeople } from './lock-people.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'clock' | 'city' | 'say' | 'lines' | 'log'>;

/** No telephone company lets a call go on for longer. */
const LONGEST_SECONDS = 24 * 3_600;
const AT_ONCE = 200;

/**
 * Nobody stays busy with a ghost: people on a call that is over are taken off it, and a call whose end nobody will ever
 * tell, because its line was taken out of the city or has long forgotten it, is over.
 */
export async function mendCalls(parts: Parts): Promise<void> {
  const { db } = parts.database;
  const haunted = await db
    .selectFrom('call_leg as l')
    .innerJoin('call as k', 'k.id', 'l.call_id')
    .select('k.id')
    .distinct()
    .where('l.state', 'in', ['ringing', 'joined'])
    .where('k.ended_at', 'is not', null)
    .limit(AT_ONCE)
    .execute();
  for (const { id } of haunted) await takeGhostsOff(parts, id);

  const longest = addSeconds(parts.clock.now(), -LONGEST_SECONDS);
  const endless = await db
    .selectFrom('call')
    .select('id')
    .where('ended_at', 'is', null)
    .where((where) =>
      where.or([
        where('channel_account_id', 'not in', ['', ...parts.lines.keys()]),
        where('started_at', '<=', longest),
      ]),
    )
    .limit(AT_ONCE)
    .execute();
  for (const { id } of endless) {
    parts.log.warn({ callId: id }, 'a call was ended that no line tells of');
    await parts.unitOfWork(async (unit) => {
      await lockPeople(unit, id);
      await endCall(parts, unit, await lockCall(unit, id), { reason: 'failed' });
    });
  }
}

async function takeGhostsOff({ unitOfWork, log }: Parts, callId: string): Promise<void> {
  await unitOfWork(async (unit) => {
    await lockPeople(unit, callId);
    const { call, legs } = await lockCall(unit, callId);
    const ghosts = legs.filter(isLive);
    if (!call.ended_at || ghosts.length === 0) return;
    for (const leg of ghosts) {
      const change = leg.joined_at
        ? ({ state: 'left', left_at: call.ended_at } as const)
        : ({ state: 'unreached' } as const);
      await changeLeg(unit, leg, change);
      if (leg.operator_id) unit.emit('presence.changed', leg.operator_id);
    }
    await changeCall(unit, call, {});
    // The line may know of them still.
    unit.enqueue('tickets.arrange_call', { callId });
    unit.enqueue('tickets.route', {});
    log.warn({ callId, legs: ghosts.map(({ id }) => id) }, 'people were taken off a call that is over');
  });
}
