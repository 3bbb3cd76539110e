import type { City } from '../../contract/city.ts';
import type { TicketDetail, TicketSummary } from '../../contract/http.ts';
import type { Db } from '../../database/database.ts';
import { answerDefaults } from '../../email/answer-defaults.ts';
import { type Actor, byFirstName } from '../actor.ts';

/** How an answer by mail would leave, if its writer changed nothing. */
export async function answerByMail(
  db: Db,
  city: City,
  actor: Actor,
  ticket: Pick<TicketSummary, 'conversationId' | 'number' | 'subject' | 'queueId'>,
): Promise<TicketDetail['email']> {
  const { mailbox, to, cc, subject, signature } = await answerDefaults(db, city, ticket, byFirstName(actor).name ?? '');
  return { from: { address: mailbox.address, name: mailbox.name }, to, cc, subject, signature };
}
