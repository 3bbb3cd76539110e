import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { TicketRow } from '../../conversations/change-ticket.ts';
import { isCallable } from '../callable.ts';
import type { CallRow } from '../find-call.ts';

/**
 * A number outside may be called into that call, or the citizen passed on to it.
 * @throws AppError `no_line` from a browser, `number_refused`, `wrong_state` in a protected matter, which stays with
 * those who have the grant
 */
export function mustCallOutside(
  city: City,
  call: Pick<CallRow, 'line'>,
  ticket: Pick<TicketRow, 'protected'>,
  number: string,
): void {
  if (call.line !== 'twilio') throw new AppError('no_line');
  if (ticket.protected) throw new AppError('wrong_state');
  if (!isCallable(city, number)) throw new AppError('number_refused');
}
