import type { z } from 'zod';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import type { startCallSchema } from '../../contract/call.ts';
import { AppError } from '../../contract/errors.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName, mustSee } from '../../operators/actor.ts';
import { mustKnowCitizen } from '../../operators/desk/reach.ts';
import { mustTakeCalls } from '../../operators/takes-calls.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { isCallable } from '../callable.ts';
import { liveCallOf } from '../find-call.ts';
import { finishWrapUps } from '../finish-wrap-up.ts';
import { openOutgoing } from '../outgoing-call.ts';
import { holdContact } from './hold-contact.ts';
import { mustNotHurry } from './not-hurry.ts';
import { mustBeSafe } from './safe-number.ts';
import { callbackOf, contactFor, lineFor, phoneOfCitizen } from './whom-to-call.ts';

type Input = z.output<typeof startCallSchema>;
type Parts = Pick<AppContext, 'city' | 'say' | 'lines'>;
/**
 * The city calls a citizen: within the contact that is given, or in a new one.
 * @returns the call, and whom to ring; the one there is for a `clientId` that was used
 * @throws AppError `no_telephone`, `capacity_full`, `no_line`, `number_refused`, `unsafe_number`, `rate_limited`,
 * `not_found`, `not_holder` for a contact of somebody else, `wrong_state` while its citizen is on the line
 */
export async function startCall(
  unit: Unit,
  parts: Parts,
  actor: Actor,
  origin: Origin,
  input: Input,
): Promise<{ callId: string; legId: string | null }> {
  await lockOperators(unit, [actor.id]);
  const earlier = await unit.tx
    .selectFrom('call')
    .select(['id', 'ticket_id'])
    .where('client_id', '=', input.clientId)
    .executeTakeFirst();
  if (earlier) {
    mustSee(actor, (await lockContact(unit, earlier.ticket_id)).ticket);
    return { callId: earlier.id, legId: null };
  }
  await mustNotHurry(unit, actor);
  const given = input.ticketId ? await lockContact(unit, input.ticketId) : null;
  if (given) mustSee(actor, given.ticket);
  else if (input.citizenId) await mustKnowCitizen(unit.tx, actor, input.citizenId);

  const citizenId = given?.ticket.citizen_id ?? input.citizenId ?? null;
  const callback = given ? await callbackOf(unit, given.ticket.id) : null;
  const to = input.to ?? callback?.phone ?? (await phoneOfCitizen(unit, citizenId));
  if (!to || !isCallable(parts.city, to)) throw new AppError('number_refused');
  if (given) await mustBeSafe(unit, given.ticket, to);
  const accountId = lineFor(parts, input.accountId ?? callback?.channel_account_id);

  const inVoice = given?.conversation.channel === 'voice' ? given : null;
  const contact = inVoice ?? (await contactFor(unit, parts, { accountId, to, citizenId }));
  const { ticket } = contact;
  await mustTakeCalls(unit, actor.id, ticket.id);
  if (await liveCallOf(unit.tx, ticket.id)) throw new AppError('wrong_state');
  const held = await holdContact(unit, actor, contact);
  await finishWrapUps(unit, held);
  const { call, leg } = await openOutgoing(unit, parts, {
    contact: { ...contact, ticket: held },
    accountId,
    to,
    operator: byName(actor),
    clientId: input.clientId,
  });
  const { id: ticketId } = held;
  await recordAudit(unit, origin, {
    action: 'call.started',
    target: call.id,
    after: { to, accountId, ticketId, caseId: input.caseId ?? null },
  });
  return { callId: call.id, legId: leg.id };
}
