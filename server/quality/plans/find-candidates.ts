import { type RawBuilder, sql } from 'kysely';
import { addSeconds } from '../../clock.ts';
import type { PlanRule } from '../../contract/quality.ts';
import type { Db } from '../../database/database.ts';
import type { Candidate } from './draw-contacts.ts';

/** How far back contacts are drawn from, and what a plan's number counts in. */
export const DRAWN_DAYS = 7;
const DAY_SECONDS = 86_400;

export const drawnSince = (now: Date): Date => addSeconds(now, -DRAWN_DAYS * DAY_SECONDS);

/** Contacts that closed lately in somebody's hands, keep to a plan's rule, and have neither review nor calibration. */
export async function findCandidates(db: Db, rule: PlanRule, now: Date, timeZone: string): Promise<Candidate[]> {
  const asked = [
    sql`f.closed_at > ${drawnSince(now)} and f.closed_at <= ${now}`,
    sql`f.operator_id is not null and t.state = 'closed'`,
    sql`not exists (select from quality_review r where r.ticket_id = f.ticket_id)`,
    sql`not exists (select from quality_calibration c where c.ticket_id = f.ticket_id)`,
    ...conditions(rule, now, timeZone),
  ];
  const { rows } = await sql<Candidate>`
    select f.ticket_id as "ticketId", f.operator_id as "operatorId", t.protected,
      array(select distinct s.operator_id from contact_stretch s where s.ticket_id = f.ticket_id) as "handledBy"
    from contact_fact f join ticket t on t.id = f.ticket_id
    where ${sql.join(asked, sql` and `)}`.execute(db);
  return rows;
}

function conditions(rule: PlanRule, now: Date, timeZone: string): RawBuilder<unknown>[] {
  const { ratingAtMost, transfersAtLeast, handledSecondsAtLeast, promiseMissed, reopened, words } = rule;
  const handled = sql`f.active_seconds + f.hold_seconds + f.wrap_seconds + f.wrap_beside_seconds`;
  return [
    ...oneOf(sql`f.channel`, rule.channels),
    ...oneOf(sql`f.queue_id`, rule.queueIds),
    ...oneOf(sql`f.topic`, rule.topics),
    ...(ratingAtMost ? [sql`f.rating <= ${ratingAtMost}`] : []),
    ...(transfersAtLeast ? [sql`f.transfers >= ${transfersAtLeast}`] : []),
    ...(handledSecondsAtLeast ? [sql`${handled} >= ${handledSecondsAtLeast}`] : []),
    ...(reopened ? [sql`f.reopenings > 0`] : []),
    ...(promiseMissed ? [aboutMissedPromise(now, timeZone)] : []),
    // Last, because it reads what was said.
    ...(words && words.length > 0 ? [wasSaid(words)] : []),
  ];
}

const oneOf = (column: RawBuilder<unknown>, values: readonly string[] | undefined): RawBuilder<unknown>[] =>
  values && values.length > 0 ? [sql`${column} = any(${[...values]})`] : [];

const aboutMissedPromise = (now: Date, timeZone: string): RawBuilder<unknown> => sql`exists (
  select from case_ticket k join service_case s on s.id = k.case_id
  where k.ticket_id = f.ticket_id
    and s.promised_for < (coalesce(s.closed_at, ${now}::timestamptz) at time zone ${timeZone})::date)`;

/** By their Spanish stems, as the search does. What is protected has no words there. */
const wasSaid = (words: readonly string[]): RawBuilder<unknown> => sql`exists (
  select from search_entry e where e.ticket_id = f.ticket_id
    and to_tsvector('linea_spanish', e.said) @@ (${sql.join(
      words.map((word) => sql`phraseto_tsquery('linea_spanish', ${word})`),
      sql` || `,
    )}))`;
