import { sql } from 'kysely';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { addSeconds, type Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';

/** A call that began longer ago than this is not looked for any more: it has been counted, or is a very long one. */
const LOOK_BACK_SECONDS = 6 * 60 * 60;
const STAGES = ['dialling', 'bot', 'queue', 'connecting', 'room', 'voicemail'] as const;

interface Told {
  id: string;
  line: string;
  outcome: string | null;
  seconds: number | null;
}

/**
 * Figures of calls for `/metrics`, drawn from the database when they are asked for, so that every process of one
 * installation tells the same of all its calls since that process began.
 * @returns brings them up to date
 */
export function createCallMetrics(registry: Registry, db: Db, clock: Clock): () => Promise<void> {
  const registers = [registry];
  const live = new Gauge({
    name: 'calls_live',
    help: 'Calls that go on, by where they are: bot, queue, connecting (a telephone rings), room, …',
    labelNames: ['stage'],
    registers,
  });
  const callbacks = new Gauge({ name: 'calls_callbacks_waiting', help: 'Citizens who wait to be called', registers });
  const ended = new Counter({
    name: 'calls_ended_total',
    help: 'Calls that ended, by line and what they came to',
    labelNames: ['line', 'outcome'],
    registers,
  });
  const answer = new Histogram({
    name: 'call_answer_seconds',
    help: 'From the wish for a person to the answer, by line',
    labelNames: ['line'],
    buckets: [5, 10, 20, 40, 60, 120, 300, 600],
    registers,
  });
  const started = clock.now();
  /** What was counted, with when it can be forgotten. */
  const seen = { ended: new Map<string, Date>(), answered: new Map<string, Date>() };

  function isNew(known: Map<string, Date>, id: string, now: Date): boolean {
    if (known.has(id)) return false;
    known.set(id, addSeconds(now, LOOK_BACK_SECONDS));
    return true;
  }

  return async () => {
    const now = clock.now();
    const stages = await db
      .selectFrom('call')
      .select(({ fn }) => ['stage', fn.countAll<string>().as('count')])
      .where('ended_at', 'is', null)
      .groupBy('stage')
      .execute();
    const counts = new Map<string, number>(stages.map(({ stage, count }) => [stage, Number(count)]));
    for (const stage of STAGES) live.set({ stage }, counts.get(stage) ?? 0);
    const { count } = await db
      .selectFrom('callback')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('done_at', 'is', null)
      .executeTakeFirstOrThrow();
    callbacks.set(Number(count));
    for (const { id, line, outcome, seconds } of await toldSince(db, started, addSeconds(now, -LOOK_BACK_SECONDS))) {
      if (outcome !== null && isNew(seen.ended, id, now)) ended.inc({ line, outcome });
      if (seconds !== null && isNew(seen.answered, id, now)) answer.observe({ line }, seconds);
    }
    for (const known of Object.values(seen)) {
      for (const [id, until] of known) if (until <= now) known.delete(id);
    }
  };
}

/** Calls that were answered or ended since `started`; of those that began before `after`, none. */
async function toldSince(db: Db, started: Date, after: Date): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select k.id, k.line, case when k.ended_at >= ${started} then k.outcome end as outcome,
      case when k.answered_at >= ${started} then (
        select (e.data->>'waitMs')::float / 1000 from ticket_event e
        where e.ticket_id = k.ticket_id and e.type = 'call_answered' and e.data->>'callId' = k.id::text
        order by e.id limit 1
      ) end as seconds
    from call k
    where k.started_at >= ${after} and (k.ended_at >= ${started} or k.answered_at >= ${started})`.execute(db);
  return rows;
}
