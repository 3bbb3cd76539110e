import { AppError } from '../../contract/errors.ts';
import { phoneOf } from '../../contract/phone.ts';
import type { TicketRow } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { mayCallBack } from '../caller/caller-script.ts';

/**
 * In a protected matter only a number that its citizen called safe is called: the one they agreed to on the line, or
 * the safe contact of their case. @throws AppError `unsafe_number`
 */
export async function mustBeSafe(
  unit: Unit,
  ticket: Pick<TicketRow, 'id' | 'protected' | 'citizen_id'>,
  to: string,
): Promise<void> {
  if (!ticket.protected) return;
  const calls = await unit.tx
    .selectFrom('call')
    .select(['script', 'from_address'])
    .where('ticket_id', '=', ticket.id)
    .orderBy('started_at', 'desc')
    .execute();
  const asked = calls.find((call) => mayCallBack(call) !== null);
  if (asked && mayCallBack(asked) && asked.from_address === to) return;
  const wanted = await unit.tx
    .selectFrom('callback')
    .select('phone')
    .where('ticket_id', '=', ticket.id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (wanted?.phone === to) return;
  const cases = await unit.tx
    .selectFrom('service_case')
    .select('safe_contact')
    .where('citizen_id', '=', ticket.citizen_id)
    .where('protected', '=', true)
    .execute();
  const isSafe = cases.some(
    ({ safe_contact: safe }) => safe?.channel === 'phone' && safe.address !== null && phoneOf(safe.address) === to,
  );
  if (!isSafe) throw new AppError('unsafe_number');
}
