import type { Tx } from '../database/database.ts';
import { findQueue } from '../routing/queue-ticket.ts';
import type { FollowUpRow } from './follow-up-access.ts';

/** The queue whose people see what a promise is about: its contact's own; of a case, the default one. */
export async function homeQueue(
  tx: Tx,
  { ticket_id: ticketId, case_id: caseId }: Pick<FollowUpRow, 'ticket_id' | 'case_id'>,
) {
  const ticket = ticketId
    ? await tx.selectFrom('ticket').select(['queue_id', 'protected']).where('id', '=', ticketId).executeTakeFirst()
    : undefined;
  const found = caseId
    ? await tx.selectFrom('service_case').select('protected').where('id', '=', caseId).executeTakeFirst()
    : undefined;
  const { id } = await findQueue(tx, ticket?.queue_id ?? null, ticket?.protected ?? found?.protected ?? false);
  return id;
}
