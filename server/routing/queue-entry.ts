import { sql } from 'kysely';
import { afterOpenSeconds, type Place } from '../city/business-hours.ts';
import { addSeconds } from '../clock.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { Locale } from '../contract/errors.ts';
import type { Hours } from '../contract/http.ts';
import type { Overflow, RoutingSettings } from '../contract/routing.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { rulesAndPlace } from './routing-settings.ts';
import { needsOf, topicOf } from './skills.ts';

/** A ticket about to enter a queue. */
export interface Entrant {
  /** Null: it is about to be made. */
  ticketId: string | null;
  conversationId: string;
  citizenId: string;
  channel: ChannelName;
  priority: number;
  /** What it is known to be about. */
  topic: string | null;
  /** Who had it until now, and is not to be waited for. */
  heldBy: string | null;
  queue: { hours: Hours; service_level_seconds: number; overflow: Overflow };
}

interface Row {
  kept: Record<string, unknown> | null;
  locale: Locale;
  about: string[];
  last_operator: string | null;
  last_at: Date | null;
}

/**
 * What a ticket's row holds from here on, so that matching needs to look nowhere else: what it takes to answer it, who
 * is waited for, and by when somebody is to answer. Promises a look at the queue at every moment at which that changes.
 */
export async function enterQueue(unit: Unit, entrants: readonly Entrant[]) {
  const { rows } = await sql<Row>`
    select c.locale, l.operator_id as last_operator, l.at as last_at,
      case when x.ord = 1 then (
        select jsonb_object_agg(key, value) from setting where key in ('routing', 'place')
      ) end as kept,
      array(
        select coalesce(b.corrected_to, b.understood) from bot_turn b
        where b.ticket_id = x.ticket_id and b.understood is not null
          and (b.corrected_to is not null or (b.certainty = 'sure' and not b.corrected))
        order by b.up_to_seq desc limit 10
      ) as about
    from unnest(
      ${entrants.map(({ ticketId }) => ticketId)}::uuid[],
      ${entrants.map(({ conversationId }) => conversationId)}::uuid[],
      ${entrants.map(({ citizenId }) => citizenId)}::uuid[]
    ) with ordinality as x (ticket_id, conversation_id, citizen_id, ord)
    join conversation c on c.id = x.conversation_id
    left join lateral (
      select t.operator_id, coalesce(t.closed_at, t.updated_at) as at from ticket t
      where t.citizen_id = x.citizen_id and t.id is distinct from x.ticket_id and t.operator_id is not null
      order by t.number desc limit 1
    ) l on true
    order by x.ord`.execute(unit.tx);
  const { settings, place } = rulesAndPlace(rows[0]?.kept ?? null);
  const looks = new Set<number>();
  const entries = entrants.map((entrant, index) => {
    const row = rows[index] as Row;
    const about = entrant.topic ? [entrant.topic, ...row.about] : row.about;
    const needs = needsOf(settings, { ...row, channel: entrant.channel, about });
    const preferred = whoHadThem(settings, entrant, row, unit.now);
    for (const after of changesAfter(settings, entrant, needs, preferred !== null)) looks.add(after);
    return {
      needs: json(needs),
      topic: entrant.topic ?? topicOf(settings, about),
      preferred_operator_id: preferred,
      preferred_until: preferred === null ? null : addSeconds(unit.now, settings.sticky.seconds),
      service_level_due_at: dueAt(entrant.queue, unit.now, place),
    };
  });
  for (const after of looks) unit.enqueue('tickets.route', {}, addSeconds(unit.now, after));
  return entries;
}

/** By when somebody is to have answered who came at `since`; null when the queue does not open for so long. */
export const dueAt = (
  queue: Pick<Entrant['queue'], 'hours' | 'service_level_seconds'>,
  since: Date,
  place: Place,
): Date | null => afterOpenSeconds(queue.hours, since, queue.service_level_seconds, place);

/** Nobody is waited for where a life may be at risk. */
function whoHadThem({ sticky }: RoutingSettings, entrant: Entrant, row: Row, now: Date): string | null {
  if (sticky.seconds === 0 || entrant.priority === 0 || row.last_operator === entrant.heldBy) return null;
  const isRecent = row.last_at !== null && row.last_at > addSeconds(now, -sticky.withinHours * 3_600);
  return isRecent ? row.last_operator : null;
}

/** After how many seconds of waiting others may be asked than before. */
function changesAfter(
  { skills, sticky }: RoutingSettings,
  { queue }: Entrant,
  needs: readonly string[],
  isPreferred: boolean,
): number[] {
  const relaxing = skills.flatMap(({ id, relaxAfterSeconds: after }) => (needs.includes(id) ? [after] : []));
  const moments = [...relaxing, isPreferred ? sticky.seconds : null];
  if (queue.overflow.queueIds.length > 0) moments.push(queue.overflow.afterSeconds);
  return moments.filter((after) => after !== null && after > 0) as number[];
}
