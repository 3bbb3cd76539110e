import { v7 as uuid } from 'uuid';
import type { Author } from '../contract/message.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import { recordEvent, type TicketRow } from '../conversations/change-ticket.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { CallParts } from './change-call.ts';
import type { CallRow, LegRow } from './find-call.ts';
import { mustMayCall } from './may-call.ts';
import { addLeg } from './ring-leg.ts';

export interface Outgoing {
  contact: { ticket: TicketRow; conversation: ConversationRow };
  accountId: string;
  /** E.164. */
  to: string;
  operator: Author;
  clientId?: string;
}

/**
 * The city calls: the operator's own line rings first, so that whoever answers is met by a person at once. The line
 * hears of it after commit, by `ringLeg`. @throws AppError `unsafe_number`
 */
export async function openOutgoing(
  unit: Unit,
  { city }: Pick<CallParts, 'city'>,
  { contact: { ticket, conversation }, accountId, to, operator, clientId }: Outgoing,
): Promise<{ call: CallRow; leg: LegRow }> {
  await mustMayCall(unit, conversation.id, to);
  const id = uuid();
  const call = await unit.tx
    .insertInto('call')
    .values({
      id,
      ticket_id: ticket.id,
      conversation_id: conversation.id,
      channel_account_id: accountId,
      provider_call_id: null,
      line: 'twilio',
      direction: 'out',
      from_address: city.accounts.find((account) => account.id === accountId)?.address ?? null,
      to_address: to,
      stage: 'connecting',
      turn: 0,
      spoken_seq: conversation.last_seq,
      last_steps: null,
      script: json({}),
      recording: ticket.protected ? 'protected' : 'no',
      client_id: clientId ?? null,
      started_at: unit.now,
      version: 0,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await unit.tx
    .insertInto('call_leg')
    .values({ id, call_id: id, role: 'citizen', address: to, state: 'ringing', created_at: unit.now })
    .execute();
  const leg = await addLeg(unit, city.calls.ringSeconds, call, {
    role: 'operator',
    operatorId: operator.id,
    name: operator.name,
  });
  await recordEvent(unit, ticket, { type: 'call_began', actor: operator, data: { callId: id, direction: 'out' } });
  unit.emit('call.changed', { callId: id, ticketId: ticket.id });
  return { call, leg };
}
