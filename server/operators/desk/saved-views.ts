import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import { COUNTED_TO, type SavedView, type saveViewSchema } from '../../contract/inbox.ts';
import { may } from '../../contract/permissions.ts';
import type { Db, Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../actor.ts';
import { countTickets } from './list-tickets.ts';

type ViewRow = Selectable<Tables['saved_view']>;
type Draft = z.output<typeof saveViewSchema>;
type InCity = Pick<City, 'timeZone'>;

const MOST = 50;

/** One's own views, then those that are shared, each in the order in which they were made. */
export async function listViews(db: Db, city: InCity, actor: Actor): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .selectAll()
    .where((where) => where.or([where('owner_id', '=', actor.id), where('shared', '=', true)]))
    .orderBy('created_at')
    .orderBy('id')
    .limit(2 * MOST)
    .execute();
  const isMine = (row: ViewRow) => row.owner_id === actor.id;
  const ordered = [...rows.filter(isMine), ...rows.filter((row) => !isMine(row))];
  return Promise.all(ordered.map((row) => present(db, city, actor, row)));
}

/** @throws AppError `forbidden` for an operator who shares, `conflict` for one view too many */
export async function createView(unit: Unit, city: InCity, actor: Actor, draft: Draft): Promise<SavedView> {
  mayShare(actor, draft);
  const { count } = await unit.tx
    .selectFrom('saved_view')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('owner_id', '=', actor.id)
    .executeTakeFirstOrThrow();
  if (count >= MOST) throw new AppError('conflict', { most: MOST });
  const row = await unit.tx
    .insertInto('saved_view')
    .values({
      id: uuid(),
      owner_id: actor.id,
      name: draft.name,
      filters: json(draft.filters),
      shared: draft.shared,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return present(unit.tx, city, actor, row);
}

/** @throws AppError `not_found` for what is neither one's own nor shared with who supervises, `forbidden` */
export async function updateView(unit: Unit, city: InCity, actor: Actor, id: string, draft: Draft): Promise<SavedView> {
  mayShare(actor, draft);
  await mustChange(unit, actor, id);
  const row = await unit.tx
    .updateTable('saved_view')
    .set({ name: draft.name, filters: json(draft.filters), shared: draft.shared, updated_at: unit.now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return present(unit.tx, city, actor, row);
}

/** @throws AppError `not_found` */
export async function deleteView(unit: Unit, actor: Actor, id: string): Promise<void> {
  await mustChange(unit, actor, id);
  await unit.tx.deleteFrom('saved_view').where('id', '=', id).execute();
}

function mayShare(actor: Actor, draft: Draft): void {
  if (draft.shared && !may(actor, 'board.act')) throw new AppError('forbidden');
}

async function mustChange(unit: Unit, actor: Actor, id: string): Promise<void> {
  const row = await unit.tx
    .selectFrom('saved_view')
    .select(['owner_id', 'shared'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const isTheirs = row && (row.owner_id === actor.id || (row.shared && may(actor, 'board.act')));
  if (!isTheirs) throw new AppError('not_found');
}

async function present(db: Db, city: InCity, actor: Actor, row: ViewRow): Promise<SavedView> {
  const { id, name, filters, shared } = row;
  const count = await countTickets(db, city, actor, filters, COUNTED_TO + 1);
  return { id, name, filters, shared, mine: row.owner_id === actor.id, count };
}
