import { recordEvent, type TicketRow } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { changeCall } from './change-call.ts';
import { type CallRow, legsOf } from './find-call.ts';

/** Writes down how long its operator needed after a call, once the contact is out of their hands. */
export async function finishWrapUp(unit: Unit, ticket: TicketRow, call: CallRow): Promise<void> {
  if (!call.wrap_up_until || call.wrapped_up_at) return;
  const at = ticket.closed_at ?? unit.now;
  const operators = (await legsOf(unit.tx, call.id)).filter(({ role }) => role === 'operator');
  const operator = operators.findLast(({ left_at: leftAt }) => leftAt !== null);
  const since = operator?.left_at ?? call.ended_at ?? at;
  const milliseconds = Math.max(0, at.getTime() - since.getTime());
  await recordEvent(unit, ticket, {
    type: 'wrap_up_ended',
    actor: { type: 'operator', id: operator?.operator_id ?? ticket.operator_id, name: operator?.name ?? null },
    data: { callId: call.id, seconds: Math.round(milliseconds / 1_000), milliseconds },
  });
  await changeCall(unit, call, { wrapped_up_at: at });
}

/** Of a locked contact, whatever of it is still open. */
export async function finishWrapUps(unit: Unit, ticket: TicketRow): Promise<void> {
  const open = await unit.tx
    .selectFrom('call')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .where('wrap_up_until', 'is not', null)
    .where('wrapped_up_at', 'is', null)
    .forUpdate()
    .execute();
  for (const call of open) await finishWrapUp(unit, ticket, call);
}
