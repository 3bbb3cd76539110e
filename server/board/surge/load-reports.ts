import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { City } from '../../contract/city.ts';
import type { Db } from '../../database/database.ts';
import { createPlaces } from '../../places/create-places.ts';
import type { Report } from './find-surges.ts';

/** Of what somebody wrote, this much is looked through for a place. */
const TEXT_LENGTH = 600;

interface Row {
  topic_id: string;
  colonia_id: string | null;
  citizen_id: string;
  at: Date;
  latitude: number | null;
  longitude: number | null;
  words: string | null;
}

/** A stretch of time, its end not in it. */
export interface Stretch {
  from: Date;
  to: Date;
}

/**
 * Who told of what, and where: cases, and contacts that the bot understood and of which no case has been made. Of those
 * the place is the point they sent, or the colonia they name. Nothing protected is among them.
 */
export function createReportLoader(db: Db, city: City): (stretches: readonly Stretch[]) => Promise<Report[]> {
  // Without a geocoder: what is asked of it once a minute for everybody who writes would be far too much.
  const places = createPlaces(city);
  const protectedServices = city.services.filter((service) => service.protected).map(({ id }) => id);
  const coloniaAt = (row: Row) =>
    row.latitude === null || row.longitude === null
      ? null
      : places.whereIs({ latitude: row.latitude, longitude: row.longitude }).coloniaId;
  const coloniaIn = async (words: string | null) =>
    words ? ((await places.find(words))[0]?.place.coloniaId ?? null) : null;
  const read = async (row: Row): Promise<Report> => ({
    topicId: row.topic_id,
    coloniaId: row.colonia_id ?? coloniaAt(row) ?? (await coloniaIn(row.words)),
    citizenId: row.citizen_id,
    at: row.at,
    point:
      row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
  });

  return async (stretches) => {
    const { rows } = await sql<Row>`
      with stretch as (
        select * from unnest(
          ${stretches.map(({ from }) => from)}::timestamptz[], ${stretches.map(({ to }) => to)}::timestamptz[]
        ) s ("from", "to")
      )
      select c.service_id as topic_id, c.colonia_id, coalesce(c.citizen_id, c.id) as citizen_id, c.opened_at as at,
        c.latitude, c.longitude, null as words
      from stretch s join service_case c on c.opened_at >= s."from" and c.opened_at < s."to"
      where not c.protected
      union all
      select b.understood, null, t.citizen_id, b.at, said.latitude, said.longitude, said.words
      from stretch s join bot_turn b on b.at >= s."from" and b.at < s."to" and b.understood is not null
      join ticket t on t.id = b.ticket_id
      cross join lateral (
        select max((part ->> 'latitude')::float) as latitude, max((part ->> 'longitude')::float) as longitude,
          left(string_agg(part ->> 'text', ' ' order by m.seq), ${TEXT_LENGTH}) as words
        from message m cross join lateral jsonb_array_elements(m.parts) part
        where m.conversation_id = b.conversation_id and m.direction = 'in' and m.seq between b.from_seq and b.up_to_seq
          and part ->> 'type' in ('text', 'location')
      ) said
      where b.certainty = 'sure' and not t.protected and b.understood <> all(${protectedServices})
        and not exists (select from case_ticket k where k.ticket_id = t.id)`.execute(db);
    const reports: Report[] = [];
    for (const [index, row] of rows.entries()) {
      reports.push(await read(row));
      // Weeks of words are looked through at once: everybody else gets their turn in between.
      if (index % 25 === 24) await nextTurn();
    }
    return reports;
  };
}
