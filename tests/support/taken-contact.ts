import { api } from '../../server/contract/routes.ts';
import { aContact, type Contact } from './case-desk.ts';
import type { ContactCentre } from './contact-centre.ts';
import type { OperatorClient } from './operator-client.ts';

/** A resident whose contact `operator` has taken. */
export async function takenContact(centre: ContactCentre, operator: OperatorClient): Promise<Contact> {
  const contact = await aContact(centre);
  await operator.call(api.takeTicket, { params: { id: contact.ticketId } });
  return contact;
}
