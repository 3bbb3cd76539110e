import { type RawBuilder, sql } from 'kysely';
import { may } from '../contract/permissions.ts';
import type { Actor } from './actor.ts';

/** `maySee` as a condition on `ticket t`. */
export function ticketSeenBy(actor: Actor): RawBuilder<boolean> {
  const protection = actor.protectedGrant ? sql<boolean>`true` : sql<boolean>`not t.protected`;
  if (!may(actor, 'contacts.read')) return sql`false`;
  if (may(actor, 'contacts.all')) return protection;
  return sql`${protection} and (t.operator_id = ${actor.id} or t.queue_id is null or t.queue_id = any(${actor.queueIds}))`;
}
