import { sql } from 'kysely';
import type { RoutingSettings } from '../contract/routing.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { writtenLoadOf } from './capacity.ts';
import type { PresentOperator } from './match.ts';
import { isOnCall } from './on-call.ts';

interface Row {
  id: string;
  capacity: number;
  idle_since: Date;
  protected_grant: boolean;
  takes_calls: boolean;
  queue_ids: string[];
  skill_ids: string[];
  asked: boolean;
  on_call: boolean;
  load: number;
}

/** Everybody who is there, with what they can do and what they still have room for. They must be locked. */
export async function presentOperators(unit: Unit, settings: RoutingSettings): Promise<PresentOperator[]> {
  const id = sql.ref('o.id');
  const { rows } = await sql<Row>`
    select o.id, o.capacity, p.idle_since, o.protected_grant, p.takes_calls,
      array(select queue_id from queue_operator q where q.operator_id = o.id) as queue_ids,
      array(select skill_id from operator_skill s where s.operator_id = o.id) as skill_ids,
      exists (select from offer f where f.operator_id = o.id and f.outcome is null) as asked,
      ${isOnCall(id)} as on_call, ${writtenLoadOf(id)} as load
    from presence p join operator o on o.id = p.operator_id
    where p.status = 'available' and p.lease_until > ${unit.now} and not o.disabled`.execute(unit.tx);
  return rows.map((row) => ({
    id: row.id,
    queueIds: new Set(row.queue_ids),
    skills: new Set(row.skill_ids),
    protectedGrant: row.protected_grant,
    takesCalls: row.takes_calls,
    room: (row.on_call ? Math.min(settings.unitsBesideCall, row.capacity) : row.capacity) - row.load,
    roomForCall: row.on_call ? 0 : row.capacity - row.load,
    asked: row.asked,
    idleSince: row.idle_since.getTime(),
  }));
}
