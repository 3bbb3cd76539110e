import { sql } from 'kysely';
import { folded } from '../../cases/search-text.ts';
import type { City } from '../../contract/city.ts';
import type { KnownPerson } from '../../contract/data.ts';
import type { Db } from '../../database/database.ts';
import type { Actor } from '../../operators/actor.ts';
import { readPhone } from '../read-phone.ts';

const SHOWN = 20;

interface Row {
  id: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  contacts: number;
  cases: number;
  last_at: Date | null;
}

/** People by a part of their name or e-mail, a telephone in any form, a folio: whatever they bring along. */
export async function findPeople(
  db: Db,
  { country }: Pick<City, 'country'>,
  actor: Actor,
  asked: string,
): Promise<KnownPerson[]> {
  const q = asked.trim();
  const phone = readPhone(q, country);
  const pattern = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Row>`
    select c.id, c.name, c.phone, c.email,
      (select count(*)::int from ticket t where t.citizen_id = c.id) as contacts,
      (select count(*)::int from service_case k where k.citizen_id = c.id) as cases,
      (select max(coalesce(t.last_message_at, t.created_at)) from ticket t where t.citizen_id = c.id) as last_at
    from citizen c
    where c.merged_into is null and c.erased_at is null
      and c.id in (
        (select id from citizen
          where lower(coalesce(name, '') || ' ' || coalesce(email, '')) like ${pattern} limit ${SHOWN * 3})
        union select id from citizen where ${phone}::text is not null and phone = ${phone}
        union select citizen_id from identity
          where ${phone}::text is not null and channel in ('whatsapp', 'sms', 'voice') and address in (${phone}, ${phone?.slice(1) ?? ''})
        union select citizen_id from identity where channel = 'email' and address = ${q.toLowerCase()}
        union select citizen_id from service_case where folio = ${folded(q).toUpperCase()} and citizen_id is not null
        union select citizen_id from external_reference where external_id = ${q} and citizen_id is not null)
      and (${actor.protectedGrant} or not (
        exists (select from ticket t where t.citizen_id = c.id and t.protected)
        or exists (select from service_case k where k.citizen_id = c.id and k.protected)))
    order by last_at desc nulls last, c.name limit ${SHOWN}`.execute(db);
  return rows.map(({ last_at: lastAt, ...person }) => ({ ...person, lastContactAt: lastAt?.toISOString() ?? null }));
}
