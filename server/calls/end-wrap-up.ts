import type { AppContext } from '../context.ts';
import { systemActor } from '../conversations/change-ticket.ts';
import { endTicket } from '../conversations/end-ticket.ts';
import { lockCall } from './change-call.ts';
import { finishWrapUp } from './finish-wrap-up.ts';

/** The time after a call is up. Does nothing when it was ended or extended. */
export async function endWrapUp(
  { unitOfWork, say }: Pick<AppContext, 'unitOfWork' | 'say'>,
  callId: string,
): Promise<void> {
  await unitOfWork(async (unit) => {
    const { call, ticket, conversation } = await lockCall(unit, callId);
    if (!call.wrap_up_until || call.wrapped_up_at || call.wrap_up_until > unit.now) return;
    const isOpen = ticket.state === 'assigned';
    const ended = isOpen
      ? await endTicket(unit, say, { ticket, conversation }, { actor: systemActor, disposition: null, notice: null })
      : ticket;
    await unit.tx
      .updateTable('callback')
      .set({ done_at: unit.now })
      .where('ticket_id', '=', ticket.id)
      .where('done_at', 'is', null)
      .execute();
    await finishWrapUp(unit, ended, call);
  });
}
