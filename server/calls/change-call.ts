import type { Updateable } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type CallRow, isLive, type LegRow, legsOf } from './find-call.ts';
import { keepOwnFacts } from './keep-facts.ts';
import type { OwnFact } from './stored-fact.ts';

type CallChange = Omit<Updateable<Tables['call']>, 'id' | 'version' | 'updated_at'>;
type LegChange = Omit<Updateable<Tables['call_leg']>, 'id' | 'call_id' | 'created_at'>;

/** What changes of calls need beside the transaction. */
export type CallParts = Pick<AppContext, 'city' | 'say'>;

export interface LockedCall {
  call: CallRow;
  ticket: TicketRow;
  conversation: ConversationRow;
  legs: LegRow[];
}

/** Nothing heard of a live call for so long, its line is asked. */
const LOOK_SECONDS = 20;

/**
 * A call with its contact, locked until the transaction ends: operators first, where they are locked too, then
 * conversation, ticket, call, as everybody does. @throws AppError `not_found`
 */
export async function lockCall(unit: Unit, id: string): Promise<LockedCall> {
  const found = await unit.tx.selectFrom('call').select('ticket_id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('not_found');
  const { ticket, conversation } = await lockContact(unit, found.ticket_id);
  const call = await unit.tx.selectFrom('call').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
  return { call, ticket, conversation, legs: await legsOf(unit.tx, id) };
}

/**
 * Changes a locked call and tells whoever may see it. A new stage is kept as a fact besides: what a call was doing
 * when is drawn from these.
 */
export async function changeCall(
  unit: Unit,
  call: CallRow,
  change: CallChange,
  ownFacts: readonly OwnFact[] = [],
): Promise<CallRow> {
  const { stage } = change;
  const moved = stage && stage !== call.stage && stage !== 'ended' && !ownFacts.some(({ kind }) => kind === stage);
  await keepOwnFacts(unit, call.id, moved ? [...ownFacts, { kind: stage }] : ownFacts);
  const row = await unit.tx
    .updateTable('call')
    .set({
      look_at: call.ended_at ? null : addSeconds(unit.now, LOOK_SECONDS),
      ...change,
      version: call.version + 1,
      updated_at: unit.now,
    })
    .where('id', '=', call.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.emit('call.changed', { callId: row.id, ticketId: row.ticket_id });
  return row;
}

/** Changes one end of a locked call. Whoever does goes on with `changeCall`, which tells of both. */
export async function changeLeg(unit: Unit, leg: LegRow, change: LegChange): Promise<LegRow> {
  return unit.tx.updateTable('call_leg').set(change).where('id', '=', leg.id).returningAll().executeTakeFirstOrThrow();
}

/**
 * Takes people off a locked call; the line is told by `tickets.arrange_call`.
 * @returns what is to be kept with the change of the call
 */
export async function takeOff(unit: Unit, legs: readonly LegRow[]): Promise<OwnFact[]> {
  const live = legs.filter(isLive);
  for (const leg of live) await changeLeg(unit, leg, { state: 'left', left_at: unit.now });
  return live.map(({ id }) => ({ kind: 'left', legId: id }));
}
