import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { AppContext } from '../../context.ts';
import type { ChannelName } from '../../contract/channel.ts';
import { phoneOf } from '../../contract/phone.ts';
import type { CallMoment } from '../../contract/voice.ts';
import type { ConversationRow } from '../../conversations/append-messages.ts';
import { citizenActor, lockTicket, recordEvent, type TicketRow } from '../../conversations/change-ticket.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addressKey } from '../../ingest/address-key.ts';
import { openConversations } from '../../ingest/open-conversations.ts';
import { openTickets } from '../../ingest/open-tickets.ts';
import { queueTicket } from '../../routing/queue-ticket.ts';
import { findCall } from '../find-call.ts';

/** A call with nobody's number has a conversation of its own: nobody is taken for somebody else. */
const WITHHELD = 'withheld:';
/** As Twilio writes a caller whose number is not shown. */
const NOBODY = '+266696687';

/** Somebody calls. @returns the id of the call, the one there is when it was begun already */
export async function beginCall(
  unit: Unit,
  { city }: Pick<AppContext, 'city'>,
  moment: Omit<CallMoment, 'heard' | 'turn'>,
): Promise<string> {
  const callId = uuid();
  const conversation = await conversationOf(unit, callId, moment);
  // Begun by another moment while this one waited for the conversation.
  const known = await findCall(unit.tx, moment);
  if (known) return known;

  const ticket = await ticketOf(unit, conversation, city.defaultPriority);
  await unit.tx
    .insertInto('call')
    .values({
      id: callId,
      ticket_id: ticket.id,
      conversation_id: conversation.id,
      channel_account_id: moment.accountId,
      provider_call_id: moment.providerCallId,
      line: moment.visitor ? 'web' : 'twilio',
      direction: 'in',
      from_address: moment.visitor ?? callerNumber(moment),
      to_address: moment.to,
      stage: 'bot',
      turn: 0,
      spoken_seq: conversation.last_seq,
      last_steps: null,
      script: json({}),
      recording: ticket.protected ? 'protected' : 'no',
      started_at: moment.at < unit.now ? moment.at : unit.now,
      version: 0,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .execute();
  await unit.tx
    .insertInto('call_leg')
    .values({
      id: callId,
      call_id: callId,
      role: 'citizen',
      address: moment.visitor ?? callerNumber(moment),
      state: 'ringing',
      created_at: unit.now,
    })
    .execute();
  await recordEvent(unit, ticket, { type: 'call_began', actor: citizenActor(ticket), data: { callId } });
  unit.emit('call.changed', { callId, ticketId: ticket.id });
  unit.emit('tickets.changed', [ticket.id]);
  return callId;
}

const callerNumber = ({ from }: Pick<CallMoment, 'from'>): string | null =>
  from === null || from === NOBODY ? null : phoneOf(from);

/** Who calls from two telephones behind one number has two conversations: a contact has one call at a time. */
async function conversationOf(
  unit: Unit,
  callId: string,
  moment: Omit<CallMoment, 'heard' | 'turn'>,
): Promise<ConversationRow> {
  const { accountId, visitor, locale = 'es' } = moment;
  const phone = callerNumber(moment);
  if (visitor) await knowByChat(unit, visitor, 'chat', 'voice');
  const own = visitor ?? phone;
  const address = own && !(await isOnTheLine(unit, moment, own)) ? own : `${WITHHELD}${callId}`;
  const sender = { accountId, channel: 'voice' as const, address, locale, ...(phone ? { phone } : {}) };
  const conversation = (await openConversations(unit, [sender])).get(addressKey(accountId, address));
  if (!conversation) throw new Error('A conversation that was just made is gone');
  // Who calls first and writes later is the same person.
  if (visitor) await knowByChat(unit, visitor, 'voice', 'chat');
  return conversation;
}

/** In the chat and on the telephone of a browser a person has one address: who is known by one is known by the other. */
async function knowByChat({ tx, now }: Unit, address: string, from: ChannelName, to: ChannelName): Promise<void> {
  await sql`
    insert into identity (id, citizen_id, channel, address, created_at)
    select gen_random_uuid(), citizen_id, ${to}, address, ${now}::timestamptz
    from identity where channel = ${from} and address = ${address}
    on conflict (channel, address) do nothing`.execute(tx);
}

async function isOnTheLine(
  unit: Unit,
  { accountId, providerCallId }: Pick<CallMoment, 'accountId' | 'providerCallId'>,
  address: string,
): Promise<boolean> {
  const other = await unit.tx
    .selectFrom('call as k')
    .innerJoin('conversation as c', 'c.id', 'k.conversation_id')
    .select('k.id')
    .where('c.channel_account_id', '=', accountId)
    .where('c.address', '=', address)
    .where('k.ended_at', 'is', null)
    .where((where) =>
      where.or([where('k.provider_call_id', 'is', null), where('k.provider_call_id', '<>', providerCallId)]),
    )
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/**
 * The contact that the call belongs to: the open one, or a new one. Who calls again keeps the place that they had; one
 * that somebody still holds, after a call that broke or put aside, waits for that person first.
 */
async function ticketOf(unit: Unit, conversation: ConversationRow, priority: number): Promise<TicketRow> {
  const contact = { conversation, queueId: undefined, subject: null, automatic: true, beginsNothing: false };
  const { tickets } = await openTickets(unit, [contact], priority);
  const opened = tickets.get(conversation.id);
  if (!opened) throw new Error('A contact that was just opened is gone');
  const ticket = await lockTicket(unit.tx, opened.id);
  if (ticket.state !== 'assigned' && ticket.state !== 'snoozed') return ticket;
  const holder = ticket.operator_id;
  await unit.tx
    .updateTable('call')
    .set({ wrapped_up_at: unit.now })
    .where('ticket_id', '=', ticket.id)
    .where('wrap_up_until', 'is not', null)
    .where('wrapped_up_at', 'is', null)
    .execute();
  const waiting = await queueTicket(unit, ticket, {
    reservedFor: holder ?? undefined,
    event: { type: 'requeued', actor: citizenActor(ticket), data: { reason: 'called_again' } },
  });
  if (holder) unit.emit('presence.changed', holder);
  return waiting;
}
