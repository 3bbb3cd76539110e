import { sql } from 'kysely';
import { folded } from '../../cases/search-text.ts';
import type { Db } from '../../database/database.ts';
import type { ReadPerson } from './read-row.ts';

/** Whom the same system brought before under that id. */
export async function findReferred(
  db: Db,
  kind: 'citizen' | 'case',
  source: string,
  externalId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('external_reference')
    .select(['citizen_id', 'case_id'])
    .where('kind', '=', kind)
    .where('source', '=', source)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  return (kind === 'citizen' ? row?.citizen_id : row?.case_id) ?? null;
}

/**
 * Somebody known already by the same telephone or e-mail, with a name that speaks for it: a telephone alone may be a
 * whole family's.
 */
export async function findKnown(db: Db, { name, phone, email }: ReadPerson): Promise<string | null> {
  if (!phone && !email) return null;
  const { rows } = await sql<{ id: string; name: string | null }>`
    select c.id, c.name from citizen c
    where c.merged_into is null and c.erased_at is null and c.id in (
      select id from citizen where ${phone}::text is not null and phone = ${phone}
      union select id from citizen where ${email}::text is not null and email = ${email}
      union select citizen_id from identity where ${phone}::text is not null
        and channel in ('whatsapp', 'sms', 'voice') and address = ${phone}
      union select citizen_id from identity where ${email}::text is not null and channel = 'email' and address = ${email})
    order by c.created_at, c.id limit 10`.execute(db);
  return rows.find((known) => areAlike(known.name, name))?.id ?? null;
}

/** Two words in common, or all of the shorter name; whoever has no name yet may be anybody. */
function areAlike(one: string | null, other: string | null): boolean {
  if (!one || !other) return true;
  const [first, second] = [one, other].map((name) => new Set(folded(name).split(' ')));
  if (!first || !second) return false;
  const common = [...first].filter((word) => second.has(word)).length;
  return common >= Math.min(2, first.size, second.size);
}
