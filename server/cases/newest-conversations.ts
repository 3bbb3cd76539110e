import { sql } from 'kysely';
import type { Unit } from '../database/unit-of-work.ts';

/** Where each person was last, on whichever channel that carries writing, except where they want no notices. */
export async function newestConversations(unit: Unit, citizenIds: readonly string[]): Promise<string[]> {
  if (citizenIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select newest.id from unnest(${[...citizenIds]}::uuid[]) as p (citizen_id)
    cross join lateral (
      select c.id from conversation c
      where c.citizen_id = p.citizen_id and c.side_of is null and c.channel <> 'voice'
        and not exists (
          select from email_address e
          where c.channel = 'email' and e.address = c.address and e.opted_out_at is not null)
        and not exists (
          select from identity i
          where i.channel = c.channel and i.address = c.address and i.opted_out_at is not null)
      order by c.updated_at desc limit 1
    ) newest`.execute(unit.tx);
  return rows.map((row) => row.id);
}
