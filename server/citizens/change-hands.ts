import { sql } from 'kysely';
import type { Unit } from '../database/unit-of-work.ts';
import type { Moved } from './merge.entity.ts';

/** A follow by its key; the case stands before the stroke. */
export const followKey = (row: { case_id: string; id: string }): string => `${row.case_id}/${row.id}`;

/**
 * Gives all that one person has to another. First what others may hold is locked in the order that everybody keeps:
 * cases, conversations, tickets; then the addresses, so that nobody can begin a conversation in their name meanwhile.
 */
export async function moveEverything({ tx }: Unit, from: string, to: string): Promise<Moved> {
  await sql`select id from service_case where citizen_id = ${from}
    or id in (select case_id from case_follower where citizen_id = ${from}) order by id for update`.execute(tx);
  await sql`select id from conversation where citizen_id = ${from} order by id for update`.execute(tx);
  await sql`select id from ticket where citizen_id = ${from} order by id for update`.execute(tx);
  const move = async (table: 'identity' | 'conversation' | 'ticket' | 'service_case'): Promise<string[]> => {
    const news = table === 'ticket' ? sql`, version = version + 1` : sql``;
    const { rows } = await sql<{ id: string }>`
      update ${sql.table(table)} set citizen_id = ${to}${news} where citizen_id = ${from} returning id`.execute(tx);
    return rows.map(({ id }) => id);
  };
  const identities = await move('identity');
  const conversations = await move('conversation');
  const tickets = await move('ticket');
  const cases = await move('service_case');
  const follows = await tx
    .updateTable('case_follower')
    .set({ citizen_id: to })
    .where('citizen_id', '=', from)
    .returning(['case_id', 'id'])
    .execute();
  return { identities, conversations, tickets, cases, follows: follows.map(followKey) };
}

/** Counts again who follows these cases: one person is one, and who filed it is none. Tells it. */
export async function countFollowers(unit: Unit, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  const { rows } = await sql<{ id: string; protected: boolean }>`
    update service_case c set followers = (
      select count(distinct f.citizen_id) from case_follower f
      where f.case_id = c.id and f.citizen_id is distinct from c.citizen_id)
    where c.id = any(${[...caseIds]}) returning c.id, c.protected`.execute(unit.tx);
  for (const row of rows) unit.emit('case.changed', { caseId: row.id, protected: row.protected });
}

/** The cases that a merge touched. */
export const casesIn = ({ cases, follows }: Pick<Moved, 'cases' | 'follows'>): string[] => [
  ...new Set([...cases, ...follows.map((key) => key.slice(0, key.indexOf('/')))]),
];

/** Tells consoles whose contacts changed hands, or their name. */
export async function tellContacts(unit: Unit, people: readonly string[], tickets: readonly string[]): Promise<void> {
  const open = await unit.tx
    .updateTable('ticket')
    .set((column) => ({ version: column('version', '+', 1) }))
    .where('citizen_id', 'in', [...people])
    .where('state', '<>', 'closed')
    .returning('id')
    .execute();
  unit.emit('tickets.changed', [...new Set([...tickets, ...open.map(({ id }) => id)])]);
  for (const citizenId of people) unit.emit('citizen.changed', { citizenId });
}
