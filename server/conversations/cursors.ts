import { sql } from 'kysely';
import type { Unit } from '../database/unit-of-work.ts';
import { presentCursors } from './present-message.ts';

export type CursorName = 'citizen_delivered' | 'citizen_read' | 'city_delivered' | 'city_read';

/** Moves cursors of a conversation on, never back and never beyond what was stored; tells it when one moved. */
export async function moveCursors(
  unit: Unit,
  conversationId: string,
  to: Partial<Record<CursorName, number>>,
): Promise<void> {
  const target = (name: CursorName) =>
    sql<number>`greatest(${sql.ref(name)}, least(${to[name] ?? 0}::bigint, last_seq))`;
  const moved = await unit.tx
    .updateTable('conversation')
    .set({
      citizen_delivered: target('citizen_delivered'),
      citizen_read: target('citizen_read'),
      city_delivered: target('city_delivered'),
      city_read: target('city_read'),
    })
    .where('id', '=', conversationId)
    .where((where) =>
      where.or(
        (Object.keys(to) as CursorName[]).map(
          (name) => sql<boolean>`${sql.ref(name)} < least(${to[name]}::bigint, last_seq)`,
        ),
      ),
    )
    .returning(['citizen_delivered', 'citizen_read', 'city_delivered', 'city_read'])
    .executeTakeFirst();
  if (moved) unit.emit('cursors.moved', { conversationId, cursors: presentCursors(moved) });
}
