import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { caseSeenBy } from '../cases/case-access.ts';
import { presentRow } from '../cases/present-case.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { FollowUp, FollowUpCounts, FollowUpScope, listFollowUpsSchema } from '../contract/follow-up.ts';
import { loadSummaries } from '../conversations/ticket-summaries.ts';
import type { Db } from '../database/database.ts';
import { type Actor, supervises } from '../operators/actor.ts';
import { ticketSeenBy } from '../operators/ticket-seen-by.ts';
import type { FollowUpRow } from './follow-up-access.ts';

type Query = z.output<typeof listFollowUpsSchema>;
type InCity = Pick<City, 'services' | 'english'>;

const MOST = 200;
const LAST_DONE = 20;

/** Promises that the reader may see, with what they are about. */
export async function listFollowUps(db: Db, city: InCity, actor: Actor, query: Query, now: Date): Promise<FollowUp[]> {
  const { ticketId, caseId, scope, state } = query;
  const of =
    ticketId || caseId
      ? sql`f.ticket_id is not distinct from ${ticketId ?? null}::uuid
          and f.case_id is not distinct from ${caseId ?? null}::uuid`
      : sql`${inScope(scope, actor)} and ${inState(state, now)}`;
  const order =
    state === 'done' && !ticketId && !caseId ? sql`f.done_at desc` : sql`f.done_at desc nulls first, f.due_at`;
  return select(db, city, actor, sql`${of} order by ${order}, f.id limit ${state === 'done' ? LAST_DONE : MOST}`);
}

/** @throws AppError `not_found` */
export async function readFollowUp(db: Db, city: InCity, actor: Actor, id: string): Promise<FollowUp> {
  const [found] = await select(db, city, actor, sql`f.id = ${id}`);
  if (!found) throw new AppError('not_found');
  return found;
}

export async function countFollowUps(db: Db, actor: Actor, now: Date): Promise<FollowUpCounts> {
  const count = (scope: FollowUpScope, state: 'due' | 'later') => sql`
    count(*) filter (where ${inScope(scope, actor)} and ${inState(state, now)})::int`;
  const { rows } = await sql<Record<'mineDue' | 'mineLater' | 'queuesDue' | 'queuesLater', number>>`
    select ${count('mine', 'due')} as "mineDue", ${count('mine', 'later')} as "mineLater",
      ${count('queues', 'due')} as "queuesDue", ${count('queues', 'later')} as "queuesLater"
    from ${withAbout} where f.done_at is null and (${inScope('mine', actor)} or ${inScope('queues', actor)})
      and ${maySee(actor)}`.execute(db);
  const { mineDue = 0, mineLater = 0, queuesDue = 0, queuesLater = 0 } = rows[0] ?? {};
  return { mine: { due: mineDue, later: mineLater }, queues: { due: queuesDue, later: queuesLater } };
}

function inScope(scope: FollowUpScope, actor: Actor): RawBuilder<boolean> {
  if (scope === 'mine') return sql`f.operator_id = ${actor.id}`;
  return supervises(actor) ? sql`f.queue_id is not null` : sql`f.queue_id = any(${actor.queueIds})`;
}

function inState(state: Query['state'], now: Date): RawBuilder<boolean> {
  if (state === 'done') return sql`f.done_at is not null`;
  const isDue = sql`f.due_at <= ${now}::timestamptz`;
  return sql`f.done_at is null and ${state === 'due' ? isDue : sql`not ${isDue}`}`;
}

const withAbout = sql`follow_up f
  left join ticket t on t.id = f.ticket_id left join service_case c on c.id = f.case_id`;
const maySee = (actor: Actor) => sql`((f.ticket_id is not null and ${ticketSeenBy(actor)})
  or (f.case_id is not null and ${caseSeenBy(actor)}))`;

type Row = FollowUpRow & { operator_name: string | null };

async function select(db: Db, city: InCity, actor: Actor, which: RawBuilder<unknown>): Promise<FollowUp[]> {
  const { rows } = await sql<Row>`
    select f.*, o.name as operator_name from ${withAbout} left join operator o on o.id = f.operator_id
    where ${maySee(actor)} and ${which}`.execute(db);
  const ids = (of: 'ticket_id' | 'case_id') => rows.flatMap((row) => row[of] ?? []);
  const [tickets, cases] = await Promise.all([
    loadSummaries(db, ids('ticket_id')),
    ids('case_id').length > 0
      ? db.selectFrom('service_case').selectAll().where('id', 'in', ids('case_id')).execute()
      : [],
  ]);
  return rows.map((row) => {
    const found = cases.find(({ id }) => id === row.case_id);
    return {
      id: row.id,
      ticket: tickets.find(({ id }) => id === row.ticket_id) ?? null,
      case: found ? presentRow(city, found) : null,
      note: row.note,
      dueAt: row.due_at.toISOString(),
      operator: row.operator_id ? { id: row.operator_id, name: row.operator_name ?? '' } : null,
      queueId: row.queue_id,
      by: { id: row.by_id, name: row.by_name },
      createdAt: row.created_at.toISOString(),
      done: row.done_at ? { at: row.done_at.toISOString(), by: row.done_by_name ?? '' } : null,
      version: row.version,
    };
  });
}
