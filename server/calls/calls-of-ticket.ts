import type { City } from '../contract/city.ts';
import type { TicketDetail } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import { presentCallback, presentCalls } from './present-call.ts';

const CALLS = 50;

/** The calls of a contact, oldest first, and the one that its citizen waits for. */
export async function callsOfTicket(
  db: Db,
  city: City,
  ticketId: string,
): Promise<Pick<TicketDetail, 'calls' | 'callback'>> {
  const [calls, callback] = await Promise.all([
    db
      .selectFrom('call')
      .selectAll()
      .where('ticket_id', '=', ticketId)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(CALLS)
      .execute(),
    db
      .selectFrom('callback')
      .selectAll()
      .where('ticket_id', '=', ticketId)
      .where('done_at', 'is', null)
      .executeTakeFirst(),
  ]);
  return {
    calls: await presentCalls(db, city, calls.reverse()),
    callback: callback ? presentCallback(callback) : null,
  };
}

/** Whether an operator is asked for advice on a call of these contacts, right now. Who may be, was looked at before. */
export async function isConsulted(db: Db, operatorId: string, ticketIds: readonly string[]): Promise<boolean> {
  if (ticketIds.length === 0) return false;
  const leg = await db
    .selectFrom('call_leg as l')
    .innerJoin('call as k', 'k.id', 'l.call_id')
    .select('l.id')
    .where('l.operator_id', '=', operatorId)
    .where('l.role', '=', 'consulted')
    .where('l.state', 'in', ['ringing', 'joined'])
    .where('k.ticket_id', 'in', [...ticketIds])
    .executeTakeFirst();
  return leg !== undefined;
}
