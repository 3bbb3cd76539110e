import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { addSeconds } from '../../clock.ts';
import type { AppContext } from '../../context.ts';
import type { startCallSchema } from '../../contract/call.ts';
import { AppError } from '../../contract/errors.ts';
import { changeTicket, type TicketRow } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addressKey } from '../../ingest/address-key.ts';
import { openConversations } from '../../ingest/open-conversations.ts';
import { openTickets } from '../../ingest/open-tickets.ts';
import { type Actor, byName, mustSee, supervises } from '../../operators/actor.ts';
import { mustKnowCitizen } from '../../operators/desk/reach.ts';
import { mustTakeCalls } from '../../operators/takes-calls.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { dropOfferFor } from '../../routing/offers.ts';
import { findQueue } from '../../routing/queue-ticket.ts';
import { isCallable } from '../callable.ts';
import type { LockedCall } from '../change-call.ts';
import { liveCallOf } from '../find-call.ts';
import { finishWrapUps } from '../finish-wrap-up.ts';
import { openOutgoing } from '../outgoing-call.ts';
import { mustBeSafe } from './safe-number.ts';

type Input = z.output<typeof startCallSchema>;
type Parts = Pick<AppContext, 'city' | 'say' | 'lines'>;
type Contact = Pick<LockedCall, 'ticket' | 'conversation'>;

/** Far more than anybody calls, far less than it takes to make money with a stolen session. */
const MOST = { minute: 6, hour: 60 };

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
  const contact = inVoice ?? (await newContact(unit, parts, { accountId, to, citizenId }));
  const { ticket } = contact;
  await mustTakeCalls(unit, actor.id, ticket.id);
  if (await liveCallOf(unit.tx, ticket.id)) throw new AppError('wrong_state');
  const held = await holdIt(unit, actor, contact);
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

async function mustNotHurry({ tx, now }: Unit, actor: Actor): Promise<void> {
  const since = (seconds: number) =>
    tx
      .selectFrom('call_leg as l')
      .innerJoin('call as k', 'k.id', 'l.call_id')
      .select((column) => column.fn.countAll<number>().as('count'))
      .where('l.operator_id', '=', actor.id)
      .where('k.direction', '=', 'out')
      .where('l.created_at', '>', addSeconds(now, -seconds))
      .executeTakeFirstOrThrow();
  if ((await since(60)).count >= MOST.minute) throw new AppError('rate_limited', { seconds: 60 });
  if ((await since(3_600)).count >= MOST.hour) throw new AppError('rate_limited', { seconds: 600 });
}

const callbackOf = (unit: Unit, ticketId: string) =>
  unit.tx
    .selectFrom('callback')
    .select(['phone', 'channel_account_id'])
    .where('ticket_id', '=', ticketId)
    .where('done_at', 'is', null)
    .executeTakeFirst();

async function phoneOfCitizen(unit: Unit, citizenId: string | null): Promise<string | null> {
  if (!citizenId) return null;
  const citizen = await unit.tx.selectFrom('citizen').select('phone').where('id', '=', citizenId).executeTakeFirst();
  return citizen?.phone ?? null;
}

/** @throws AppError `no_line` */
function lineFor({ city, lines }: Parts, wanted: string | undefined): string {
  const telephones = city.accounts.filter(({ id, channel }) => channel === 'voice' && lines.get(id)?.kind === 'twilio');
  const line = wanted ? telephones.find(({ id }) => id === wanted) : telephones[0];
  if (!line) throw new AppError('no_line');
  return line.id;
}

/** A contact that begins with our call; who is on the line with us already goes on in the one there is. */
async function newContact(
  unit: Unit,
  { city }: Parts,
  { accountId, to, citizenId }: { accountId: string; to: string; citizenId: string | null },
): Promise<Contact> {
  if (citizenId) {
    await unit.tx
      .insertInto('identity')
      .values({ id: uuid(), citizen_id: citizenId, channel: 'voice', address: to, created_at: unit.now })
      .onConflict((conflict) => conflict.columns(['channel', 'address']).doNothing())
      .execute();
  }
  const sender = { accountId, channel: 'voice' as const, address: to, locale: 'es' as const, phone: to };
  const conversation = (await openConversations(unit, [sender])).get(addressKey(accountId, to));
  if (!conversation) throw new AppError('internal');
  const contact = { conversation, queueId: undefined, subject: null, automatic: true, beginsNothing: false };
  const opened = (await openTickets(unit, [contact], city.defaultPriority)).tickets.get(conversation.id);
  if (!opened) throw new AppError('internal');
  return lockContact(unit, opened.id);
}

/** Whoever calls has the contact. */
async function holdIt(unit: Unit, actor: Actor, { ticket }: Contact): Promise<TicketRow> {
  mustSee(actor, ticket);
  const isTheirs = ticket.operator_id === actor.id;
  if (ticket.state === 'assigned' && isTheirs) return ticket;
  const isFree = ticket.state === 'bot' || ticket.state === 'waiting' || ticket.state === 'closed' || isTheirs;
  if (!isFree && !supervises(actor)) throw new AppError('not_holder');
  await dropOfferFor(unit, ticket.id);
  const queue = await findQueue(unit.tx, ticket.queue_id, ticket.protected);
  const held = await changeTicket(
    unit,
    ticket,
    'assigned',
    {
      operator_id: actor.id,
      reserved_for: null,
      queue_id: queue.id,
      accepted_at: ticket.accepted_at ?? unit.now,
      closed_at: null,
      disposition: null,
      bot_busy_until: null,
    },
    {
      type: ticket.state === 'closed' ? 'reopened' : 'offer_accepted',
      actor: byName(actor),
      data: { taken: true, from: ticket.operator_id },
    },
  );
  for (const id of new Set([actor.id, ticket.operator_id])) if (id) unit.emit('presence.changed', id);
  return held;
}
