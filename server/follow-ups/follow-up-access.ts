import type { Selectable } from 'kysely';
import { maySeeCase } from '../cases/case-access.ts';
import { AppError } from '../contract/errors.ts';
import type { Db, Tables } from '../database/database.ts';
import { type Actor, maySee, supervises } from '../operators/actor.ts';

export type FollowUpRow = Selectable<Tables['follow_up']>;

/** Whether somebody may see what a promise is about. */
export async function maySeeAbout(
  db: Db,
  reader: Actor,
  about: Pick<FollowUpRow, 'ticket_id' | 'case_id'>,
): Promise<boolean> {
  if (about.ticket_id) {
    const ticket = await db
      .selectFrom('ticket')
      .select(['operator_id', 'queue_id', 'state', 'protected'])
      .where('id', '=', about.ticket_id)
      .executeTakeFirst();
    return ticket !== undefined && maySee(reader, ticket);
  }
  const found = await db
    .selectFrom('service_case')
    .select(['protected', 'department_id'])
    .where('id', '=', about.case_id ?? '')
    .executeTakeFirst();
  return found !== undefined && maySeeCase(reader, found);
}

/** Meant for them or one of their queues, or made by them; who supervises sees to all. */
const isTheirs = (actor: Actor, row: FollowUpRow): boolean =>
  row.operator_id === actor.id ||
  row.by_id === actor.id ||
  (row.queue_id !== null && actor.queueIds.includes(row.queue_id)) ||
  supervises(actor);

/** The promise, locked, if it is the caller's to change. @throws AppError `not_found`, `not_holder` */
export async function lockFollowUp(db: Db, actor: Actor, id: string): Promise<FollowUpRow> {
  const row = await db.selectFrom('follow_up').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row || !(await maySeeAbout(db, actor, row))) throw new AppError('not_found');
  if (!isTheirs(actor, row)) throw new AppError('not_holder');
  return row;
}
