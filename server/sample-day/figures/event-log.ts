import { createHash } from 'node:crypto';
import type { Db } from '../../database/database.ts';

/**
 * What happened to every contact, a line an event, without what differs from run to run, which is ids. What several
 * jobs did at the same instant stands by contact: which of them the database heard of first is no part of the day.
 */
export async function readEventLog(db: Db): Promise<string[]> {
  const staff = await db.selectFrom('operator').select(['id', 'email']).execute();
  const emailOf = new Map(staff.map(({ id, email }) => [id, email]));
  const events = await db
    .selectFrom('ticket_event')
    .innerJoin('ticket', 'ticket.id', 'ticket_event.ticket_id')
    .select(['ticket.number', 'ticket_event.type', 'ticket_event.at', 'actor_type', 'actor_id'])
    .orderBy('ticket_event.at')
    .orderBy('ticket.number')
    .orderBy('ticket_event.id')
    .execute();
  return events.map(({ number, type, at, actor_type, actor_id }) => {
    const actor = actor_type === 'operator' ? emailOf.get(actor_id ?? '') : actor_type;
    return `${number} ${type} ${at.toISOString()} ${actor}`;
  });
}

/** SHA-256 of the log: two days with the same are the same day. */
export const digestOf = (log: readonly string[]): string =>
  createHash('sha256')
    .update(log.map((line) => `${line}\n`).join(''))
    .digest('hex');
