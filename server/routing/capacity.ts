import { type RawBuilder, sql } from 'kysely';
import type { ChannelName } from '../contract/channel.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** What a contact takes of its holder's capacity, by the city's rule for its channel. */
const unitsOf = (channel: RawBuilder<unknown>): RawBuilder<number> =>
  sql`coalesce(((select value from setting where key = 'routing') -> 'weights' ->> ${channel})::float8, 1)`;

/** Units that what somebody holds takes, offers included. */
export const loadOf = (operatorId: RawBuilder<unknown>): RawBuilder<number> => sql`(
  select coalesce(sum(${unitsOf(sql.ref('h.channel'))}), 0) from ticket h
  where h.operator_id = ${operatorId} and h.state in ('offered', 'assigned'))`;

/** The same without telephone calls. */
export const writtenLoadOf = (operatorId: RawBuilder<unknown>): RawBuilder<number> => sql`(
  select coalesce(sum(${unitsOf(sql.ref('h.channel'))}), 0) from ticket h
  where h.operator_id = ${operatorId} and h.state in ('offered', 'assigned') and h.channel <> 'voice')`;

/** Whether somebody can take one more contact, beside what they hold other than it. They must be locked. */
export async function hasRoomFor(
  unit: Unit,
  operator: { id: string; capacity: number },
  ticket: { id: string; channel: ChannelName },
): Promise<boolean> {
  const { rows } = await sql<{ load: number }>`
    select coalesce(sum(${unitsOf(sql.ref('h.channel'))}), 0) + ${unitsOf(sql`${ticket.channel}::text`)} as load
    from ticket h
    where h.operator_id = ${operator.id} and h.state in ('offered', 'assigned') and h.id <> ${ticket.id}`.execute(
    unit.tx,
  );
  return (rows[0]?.load ?? 0) <= operator.capacity;
}
