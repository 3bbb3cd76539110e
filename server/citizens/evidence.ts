import { sql } from 'kysely';
import { folded } from '../cases/search-text.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { Evidence } from '../contract/merge.ts';
import { phoneOf } from '../contract/phone.ts';
import type { Db } from '../database/database.ts';

/** Channels whose addresses are telephone numbers, where they are not an id of the provider's own. */
const PHONE_CHANNELS: ChannelName[] = ['whatsapp', 'sms', 'voice'];
/** People on a case, who filed it included. Beyond it they are neighbours of the same pothole, and it says nothing. */
const FEW = 5;
/** Cases of one person that are looked at, newest first. */
const CASES = 50;
/** People with something in common that are looked at. */
const LOOKED_AT = 50;

/** What tells who somebody is. The value: whether a provider, or the sender's own mail server, vouches for it. */
interface Marks {
  name: string | null;
  phones: Map<string, boolean>;
  emails: Map<string, boolean>;
}

/**
 * Who has something in common with a person, and what: found by indexes on telephone, e-mail, address and case, so that
 * it costs the same however many people there are. A name only adds to what else there is.
 * @param only looks at these alone
 */
export async function whoIsAlike(
  db: Db,
  citizenId: string,
  only?: readonly string[],
): Promise<ReadonlyMap<string, Evidence[]>> {
  const own = (await marksOf(db, [citizenId])).get(citizenId);
  if (!own) return new Map();
  const folios = await foliosShared(db, citizenId);
  const alike = new Set([...(await sameMarks(db, own)), ...folios.keys()]);
  alike.delete(citizenId);
  const ids = [...alike].filter((id) => !only || only.includes(id)).slice(0, LOOKED_AT);
  const found = new Map<string, Evidence[]>();
  for (const [id, marks] of await marksOf(db, ids)) {
    const evidence: Evidence[] = [
      ...shared('phone', own.phones, marks.phones),
      ...shared('email', own.emails, marks.emails),
      ...(folios.get(id) ?? []).map((value) => ({ kind: 'folio' as const, value })),
    ];
    if (evidence.length > 0) found.set(id, [...evidence, ...sameName(own, marks)]);
  }
  return found;
}

const shared = (kind: 'phone' | 'email', own: Marks['phones'], theirs: Marks['phones']): Evidence[] =>
  [...own].flatMap(([value, vouchedFor]) => {
    const other = theirs.get(value);
    return other === undefined ? [] : [{ kind, value, vouchedFor: vouchedFor && other }];
  });

const sameName = (own: Marks, { name }: Marks): Evidence[] =>
  name && own.name && folded(own.name) === folded(name) ? [{ kind: 'name', value: name }] : [];

/** Of people who live. Who only claims to be at an address has no mark of it. */
async function marksOf(db: Db, ids: readonly string[]): Promise<Map<string, Marks>> {
  if (ids.length === 0) return new Map();
  const people = await db
    .selectFrom('citizen')
    .select(['id', 'name', 'phone', 'email'])
    .where('id', 'in', [...ids])
    .where('merged_into', 'is', null)
    .execute();
  const identities = await db
    .selectFrom('identity')
    .select(['citizen_id', 'channel', 'address'])
    .where('citizen_id', 'in', [...ids])
    .where('channel', 'in', [...PHONE_CHANNELS, 'email'])
    .execute();
  const found = new Map<string, Marks>();
  for (const { id, name, phone, email } of people) {
    const written = phone && phoneOf(phone);
    found.set(id, {
      name,
      phones: new Map(written ? [[written, false]] : []),
      emails: new Map(email ? [[email.toLowerCase(), false]] : []),
    });
  }
  for (const { citizen_id: id, channel, address } of identities) {
    if (channel === 'email' && !address.startsWith('unverified:'))
      found.get(id)?.emails.set(address.toLowerCase(), true);
    const phone = channel === 'email' ? null : phoneOf(address);
    if (phone) found.get(id)?.phones.set(phone, true);
  }
  return found;
}

async function sameMarks(db: Db, { phones, emails }: Marks): Promise<string[]> {
  const numbers = [...phones.keys()].flatMap(spellings);
  const addresses = [...emails.keys()];
  if (numbers.length + addresses.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id from citizen where phone = any(${numbers}) and merged_into is null
      union select id from citizen where email = any(${addresses}) and merged_into is null
      union select citizen_id from identity where channel = any(${PHONE_CHANNELS}) and address = any(${numbers})
      union select citizen_id from identity where channel = 'email' and address = any(${addresses})
    ) alike limit ${LOOKED_AT + 1}`.execute(db);
  return rows.map(({ id }) => id);
}

/** As a number may stand there: Mexican mobiles were written with a 1 until 2019. */
const spellings = (number: string): string[] =>
  /^\+52\d{10}$/.test(number) ? [number, `+521${number.slice(3)}`] : [number];

/** Folios of those who filed or follow a case of theirs, by person. What is protected joins nobody. */
async function foliosShared(db: Db, citizenId: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ folio: string; citizen_id: string }>`
    with theirs as (
      select c.id, c.folio, c.citizen_id from service_case c
      where c.id in (
          select id from service_case where citizen_id = ${citizenId}
          union select case_id from case_follower where citizen_id = ${citizenId})
        and not c.protected and c.followers < ${FEW}
      order by c.opened_at desc limit ${CASES}
    )
    select distinct folio, citizen_id from (
      select folio, citizen_id from theirs where citizen_id is not null
      union all select t.folio, f.citizen_id from theirs t join case_follower f on f.case_id = t.id
    ) people where citizen_id <> ${citizenId} order by folio`.execute(db);
  const folios = new Map<string, string[]>();
  for (const { folio, citizen_id: id } of rows) folios.set(id, [...(folios.get(id) ?? []), folio]);
  return folios;
}
