import type { City } from '../contract/city.ts';
import type { TicketDetail } from '../contract/http.ts';
import type { Db } from '../database/database.ts';

/** The calls of a contact, oldest first, and the one that its citizen waits for. */
export async function callsOfTicket(
  _db: Db,
  _city: City,
  _ticketId: string,
): Promise<Pick<TicketDetail, 'calls' | 'callback'>> {
  return { calls: [], callback: null };
}
