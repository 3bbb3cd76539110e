import { sql } from 'kysely';
import type { Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { followKey } from './change-hands.ts';
import type { MergeRow } from './list-merges.ts';
import type { Moved } from './merge.entity.ts';

/**
 * Gives the merged person what the merge moved, as far as it is still there, and what came since by it: contacts,
 * cases and follows of the conversations that move, conversations of the addresses that move.
 * @param holder who has it all now
 * @returns what changed hands
 */
export async function giveBack(unit: Unit, merge: MergeRow, holder: string): Promise<Moved> {
  const { tx } = unit;
  const { moved, merged_id: to, at } = merge;
  await lock(tx, holder, moved);
  const identities = await sql<{ id: string; channel: string; address: string }>`
    update identity i set citizen_id = ${to} where i.citizen_id = ${holder} and (i.id = any(${moved.identities})
      or (i.created_at >= ${at} and exists (
        select from conversation c
        left join address_alias a on a.channel_account_id = c.channel_account_id and a.address = c.address
        where c.id = any(${moved.conversations}) and c.channel = i.channel and i.address in (c.address, a.alias))))
    returning i.id, i.channel, i.address`.execute(tx);
  const own = await ids(sql`
    update conversation set citizen_id = ${to} where citizen_id = ${holder} and (id = any(${moved.conversations})
      or (created_at >= ${at} and side_of is null and (channel, address) in (
        select channel, address from identity where id = any(${identities.rows.map(({ id }) => id)}))))
    returning id`);
  const tickets = await ids(sql`
    update ticket set citizen_id = ${to}, version = version + 1
    where citizen_id = ${holder} and conversation_id = any(${own}) returning id`);
  const sides = await ids(sql`
    update conversation set citizen_id = ${to} where citizen_id = ${holder} and side_of = any(${tickets}) returning id`);
  const cases = await ids(sql`
    update service_case set citizen_id = ${to}
    where citizen_id = ${holder} and (id = any(${moved.cases}) or conversation_id = any(${own})) returning id`);
  const follows = await tx
    .updateTable('case_follower')
    .set({ citizen_id: to })
    .where('citizen_id', '=', holder)
    .where(sql<boolean>`case_id || '/' || id = any(${moved.follows})`)
    .returning(['case_id', 'id'])
    .execute();
  const since = await followsSince(tx, merge, holder, tickets);
  return {
    identities: identities.rows.map(({ id }) => id),
    conversations: [...own, ...sides],
    tickets,
    cases,
    follows: [...follows, ...since].map(followKey),
  };

  async function ids(query: ReturnType<typeof sql>): Promise<string[]> {
    const { rows } = await query.execute(tx);
    return (rows as { id: string }[]).map(({ id }) => id);
  }
}

/** In the order that everybody keeps: cases, conversations, tickets. */
async function lock(tx: Tx, holder: string, { conversations, cases, follows }: Moved): Promise<void> {
  const followed = follows.map((key) => key.slice(0, key.indexOf('/')));
  await sql`select id from service_case where id = any(${[...cases, ...followed]}::uuid[])
    or (citizen_id = ${holder} and conversation_id = any(${conversations})) order by id for update`.execute(tx);
  await sql`select id from conversation where id = any(${conversations}) order by id for update`.execute(tx);
  await sql`select id from ticket where conversation_id = any(${conversations}) order by id for update`.execute(tx);
}

/** Cases followed since the merge that were spoken of in these contacts, and in none that stays. */
async function followsSince(tx: Tx, { merged_id: to, at }: MergeRow, holder: string, tickets: readonly string[]) {
  const { rows } = await sql<{ case_id: string; id: string }>`
    update case_follower f set citizen_id = ${to}
    where f.citizen_id = ${holder} and f.followed_at >= ${at}
      and exists (select from case_ticket l where l.case_id = f.case_id and l.ticket_id = any(${[...tickets]}))
      and not exists (
        select from case_ticket l join ticket t on t.id = l.ticket_id
        where l.case_id = f.case_id and t.citizen_id = ${holder})
    returning f.case_id, f.id`.execute(tx);
  return rows;
}
