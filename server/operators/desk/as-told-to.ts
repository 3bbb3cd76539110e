import type { CitizenContact } from '../../contract/citizen-page.ts';
import type { TicketSummary } from '../../contract/http.ts';
import { type Actor, maySee } from '../actor.ts';

/** That a contact of another queue took place is told; what was said in it is not. */
export function asToldTo(actor: Actor, contact: TicketSummary): CitizenContact {
  const { operator, queueId, state } = contact;
  const mayOpen = maySee(actor, {
    operator_id: operator?.id ?? null,
    queue_id: queueId,
    state,
    protected: contact.protected,
  });
  return mayOpen ? { ...contact, mayOpen } : { ...contact, mayOpen, summary: null, lastMessage: null, subject: null };
}
