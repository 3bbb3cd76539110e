import { type RawBuilder, type Selectable, sql } from 'kysely';
import { AppError } from '../../contract/errors.ts';
import { may } from '../../contract/permissions.ts';
import type { Db, Tables } from '../../database/database.ts';
import type { Actor } from '../../operators/actor.ts';

export type ReviewRow = Selectable<Tables['quality_review']>;

/** That what is protected is for people with the grant alone, as a condition on `ticket t`. */
export const openTo = (actor: Actor): RawBuilder<boolean> =>
  actor.protectedGrant ? sql<boolean>`true` : sql<boolean>`not t.protected`;

export const reviews = (actor: Actor): boolean => may(actor, 'quality.review');

/**
 * A review that the actor may read: of their own work only what is published, of others' only with the right to review.
 * @param lock it is about to be changed
 * @throws AppError `not_found`, so that nobody learns which of their contacts are being looked at
 */
export async function findReview(db: Db, actor: Actor, id: string, lock = false): Promise<ReviewRow> {
  let query = db.selectFrom('quality_review').selectAll().where('id', '=', id);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (!row) throw new AppError('not_found');
  const ticket = await db
    .selectFrom('ticket')
    .select('protected')
    .where('id', '=', row.ticket_id)
    .executeTakeFirstOrThrow();
  if (ticket.protected && !actor.protectedGrant) throw new AppError('not_found');
  const isSeen = row.operator_id === actor.id ? row.state === 'published' : reviews(actor);
  if (!isSeen) throw new AppError('not_found');
  return row;
}

/** Whether somebody had a contact in their hands: they are not the one to score it. */
export async function handled(db: Db, operatorId: string, ticketId: string): Promise<boolean> {
  const { rows } = await sql<{ handled: boolean }>`
    select exists (select from contact_stretch where ticket_id = ${ticketId} and operator_id = ${operatorId})
      or exists (select from ticket where id = ${ticketId} and operator_id = ${operatorId}) as handled`.execute(db);
  return rows[0]?.handled ?? false;
}

/** @throws AppError `own_contact` */
export async function mustNotHaveHandled(db: Db, operatorId: string, ticketId: string): Promise<void> {
  if (await handled(db, operatorId, ticketId)) throw new AppError('own_contact');
}
