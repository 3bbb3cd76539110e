import { expect } from 'vitest';
import type { CallOutcome, CallStage, CallTimes, CallView, LegRole } from '../../../server/contract/call.ts';
import type { CallFloor, ScriptedCaller, ScriptedOperator } from '../call-floor.ts';

/** People of the city who have a part in the scripts. */
export interface Crew {
  ana: ScriptedOperator;
  beto: ScriptedOperator;
  elena: ScriptedOperator;
}

/** A call from its first ring to its end, and what must be on record then. */
export interface CallScript {
  title: string;
  /** @returns whose call the record is about */
  play(floor: CallFloor, crew: Crew): Promise<ScriptedCaller>;
  outcome: CallOutcome;
  abandonedIn?: CallStage | readonly CallStage[];
  /** Where the contact is left; closed unless told. */
  ticket?: 'closed' | 'waiting' | 'snoozed' | 'assigned';
  disposition?: string;
  /** Whole seconds that a part lasted: at least, and at most. */
  lasted?: Partial<Record<keyof CallTimes, readonly [number, number]>>;
  /** Everybody's end of the call but the citizen's, in the order in which they came: there, or never reached. */
  legs?: readonly (readonly [LegRole, 'left' | 'unreached'])[] | 'as it may be';
  /** Of the contact's events, in their order; others may stand between them. */
  events?: readonly string[];
}

/** Holds the record of a call that is over against what the script says. */
export async function checkRecord(floor: CallFloor, script: CallScript, view: CallView): Promise<void> {
  const { db } = floor.centre.server.context.database;
  const { outcome, abandonedIn, ticket = 'closed', disposition, lasted = {}, legs = [], events = [] } = script;
  expect(view).toMatchObject({ outcome, stage: 'ended' });
  expect([abandonedIn ?? null].flat()).toContain(view.abandonedIn);
  checkTimes(view, lasted);
  const others = view.legs.filter(({ role }) => role !== 'citizen');
  const came = others.map(({ role, joinedAt }) => [role, joinedAt ? 'left' : 'unreached']);
  if (legs !== 'as it may be') expect(came).toEqual(legs);
  expect(view.legs.filter(({ state }) => state === 'ringing' || state === 'joined')).toEqual([]);

  const contact = await db.selectFrom('ticket').selectAll().where('id', '=', view.ticketId).executeTakeFirstOrThrow();
  expect(contact.state).toBe(ticket);
  if (disposition) expect(contact.disposition).toBe(disposition);
  const rows = await db
    .selectFrom('ticket_event')
    .select('type')
    .where('ticket_id', '=', view.ticketId)
    .orderBy('id')
    .execute();
  const types = rows.map(({ type }) => type);
  let from = 0;
  for (const event of events) {
    const at = types.indexOf(event as (typeof types)[number], from);
    expect(at, `${event} in ${types.slice(from).join(', ')}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
}

/** The parts of a call fill it, and nothing counts twice. */
export function checkTimes(
  { times, startedAt, endedAt, answeredAt }: CallView,
  lasted: CallScript['lasted'] = {},
): void {
  if (!times || !endedAt) throw new Error('The call goes on');
  const { total, ...parts } = times;
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
  expect(Date.parse(endedAt) - Date.parse(startedAt)).toBe(total);
  if (answeredAt) expect(Date.parse(answeredAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
  expect(times.talk > 0 || times.hold > 0).toBe(answeredAt !== null);
  for (const [part, [least, most]] of Object.entries(lasted)) {
    const seconds = times[part as keyof CallTimes] / 1_000;
    expect(seconds, part).toBeGreaterThanOrEqual(least);
    expect(seconds, part).toBeLessThanOrEqual(most);
  }
}

/**
 * Holds what the board shows of all queues now against who waits: how many, and since when the first of them has been
 * in the queue. Their place dates from the first ring; the wait that is shown, from when they wanted a person.
 */
export async function checkBoard(floor: CallFloor, waiting: number, longest: ScriptedCaller | null): Promise<void> {
  const { figures, database } = floor.centre.server.context;
  // Counted once a second at most.
  await floor.pass(1.5);
  const now = await figures.current();
  expect(now.reduce((sum, queue) => sum + queue.waiting, 0)).toBe(waiting);
  const since = now.flatMap(({ longestWaitSince }) => longestWaitSince ?? []).sort()[0] ?? null;
  if (!longest) return expect(since).toBeNull();
  const { ticketId, startedAt } = await longest.view();
  const event = await database.db
    .selectFrom('ticket_event')
    .select('at')
    .where('ticket_id', '=', ticketId)
    .where('type', '=', 'queued')
    .executeTakeFirstOrThrow();
  const ticket = await database.db
    .selectFrom('ticket')
    .select('clock_at')
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  expect(since).toBe(event.at.toISOString());
  expect(Date.parse(since ?? '')).toBeGreaterThan(Date.parse(startedAt));
  expect(ticket.clock_at.getTime()).toBeLessThan(event.at.getTime());
}
