import type pg from 'pg';
import { summedParts } from '../../../server/reports/sums/summed-parts.ts';

const TOPICS = ['bache', 'basura', 'luminaria', 'fuga-agua', 'drenaje', 'arbol', 'ruido', 'predial', 'multa', 'acta'];
const COLONIAS = 90;
const OPEN_CASES = 200;

/**
 * What reports count of loaded contacts, as the fold would have found it: a fact each, with whom it was in the hands
 * of, people who came and went every day, and how cases went.
 */
export async function makeFigures(client: pg.PoolClient, people: number): Promise<void> {
  const of = (salt: number, below: number) => `pg_temp.zipf(t.number, ${salt}, ${below})`;
  await client.query(`insert into contact_fact (ticket_id, citizen_id, came_back, began_at, channel, protected, outcome,
      with_bot, queue_id, queued_at, answered_at, abandoned_at, closed_at, waited_seconds, level_seconds, late_at,
      bot_seconds, wait_seconds, shut_seconds, active_seconds, hold_seconds, wrap_seconds, aside_seconds, closed_seconds,
      wrap_beside_seconds, transfers, reopenings, operator_id, topic, colonia_id, disposition, rating, bot_turns,
      bot_missed, last_event_id, last_event_at)
    select t.id, t.citizen_id, t.number % 13 = 0 and o.outcome = 'answered', t.created_at, t.channel, t.number % 500 = 0,
      o.outcome, t.channel <> 'email', case when o.outcome <> 'contained' then t.queue_id end,
      case when o.outcome <> 'contained' then t.created_at + interval '1 minute' end,
      case when o.outcome = 'answered' then t.created_at + interval '3 minutes' end,
      case when o.outcome = 'abandoned' then t.created_at + interval '4 minutes' end,
      t.closed_at, 10 + t.number % 200, 120, case when o.outcome = 'waiting' then t.created_at + interval '3 minutes' end,
      60, 10 + t.number % 200, 0, 200 + t.number % 600, 0, 30, 0, 0, 0, (t.number % 17 = 0)::int, 0,
      case when o.outcome = 'answered' then t.operator_id end,
      ('{${TOPICS.join(',')}}'::text[])[1 + ${of(31, TOPICS.length)}],
      case when t.number % 10 = 0 then 'colonia-' || ${of(32, COLONIAS)} end,
      t.disposition, t.rating, 2 + t.number % 5, (t.number % 9 = 0)::int, 0, t.updated_at
    from ticket t cross join lateral (
      select case when t.state = 'waiting' then 'waiting' when t.state <> 'closed' then 'answered'
        when t.number % 5 = 0 then 'contained' when t.number % 11 = 0 then 'abandoned' else 'answered' end as outcome
    ) o`);
  await client.query(`insert into contact_stretch (ticket_id, n, operator_id, began_at, ended_at)
    select ticket_id, 0, operator_id, answered_at, closed_at from contact_fact where operator_id is not null`);
  await client.query(`insert into presence_event (operator_id, status, reason, at)
    select 'load-' || o, case when h = 14 then 'available' else 'offline' end, 'self', day + h * interval '1 hour'
    from generate_series(timestamptz '2025-11-22', '2026-11-21', interval '1 day') day,
      generate_series(0, ${people - 1}) o, unnest(array[14, 22]) h
    order by day, h, o`);
  await client.query(`update service_case c set colonia_id = f.colonia_id
    from case_ticket k join contact_fact f on f.ticket_id = k.ticket_id where k.case_id = c.id`);
  // As with contacts, so many are open whatever the size.
  await client.query(`update service_case set closed_at = null, status = 'in_progress'
    where id in (select id from service_case order by opened_at desc limit ${OPEN_CASES})`);
  await client.query(`insert into case_event (case_id, type, at, actor_type, public, data)
    select id, 'status_changed', closed_at, 'department', true, '{"status": "solved"}' from service_case
    where closed_at is not null`);
  for (const [part, { moments }] of Object.entries(summedParts)) {
    await client.query(`insert into sum_stale (part, at) select distinct '${part}', at from (${moments}) m (at)`);
  }
}
