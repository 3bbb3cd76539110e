import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { CallRef } from '../contract/voice.ts';
import type { Db, Tables } from '../database/database.ts';

export type CallRow = Selectable<Tables['call']>;
export type LegRow = Selectable<Tables['call_leg']>;

/** What its line knows it by. Until the line has taken a call that we make, that is our own id. */
export const refOf = (call: Pick<CallRow, 'id' | 'channel_account_id' | 'provider_call_id'>): CallRef => ({
  callId: call.id,
  accountId: call.channel_account_id,
  providerCallId: call.provider_call_id ?? call.id,
});

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** The id of the call that a line means. */
export async function findCall(
  db: Db,
  { accountId, providerCallId }: Pick<CallRef, 'accountId' | 'providerCallId'>,
): Promise<string | null> {
  const known = await db
    .selectFrom('call')
    .select('id')
    .where('channel_account_id', '=', accountId)
    .where('provider_call_id', '=', providerCallId)
    .executeTakeFirst();
  if (known || !isId(providerCallId)) return known?.id ?? null;
  const ours = await db
    .selectFrom('call')
    .select('id')
    .where('id', '=', providerCallId)
    .where('channel_account_id', '=', accountId)
    .executeTakeFirst();
  return ours?.id ?? null;
}

/** The call that a contact is in now, if any. */
export async function liveCallOf(db: Db, ticketId: string): Promise<CallRow | null> {
  const row = await db
    .selectFrom('call')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Everybody who was ever on a call, in the order they were called. */
export function legsOf(db: Db, callId: string): Promise<LegRow[]> {
  return db
    .selectFrom('call_leg')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export const isLive = ({ state }: Pick<LegRow, 'state'>): boolean => state === 'ringing' || state === 'joined';

/** The leg by which somebody is on a call, or is being called. */
export const liveLegOf = (legs: readonly LegRow[], operatorId: string | null): LegRow | undefined =>
  operatorId === null ? undefined : legs.find((leg) => isLive(leg) && leg.operator_id === operatorId);

/** Somebody of the city who talks with the citizen, or is about to. */
export const isCitys = ({ role }: Pick<LegRow, 'role'>): boolean => role === 'operator' || role === 'consulted';

/** Somebody for the citizen to talk with, or who talks with whoever put them on hold; a supervisor only once they joined. */
export const isCompany = (leg: Pick<LegRow, 'role' | 'state' | 'silent'>): boolean =>
  leg.role === 'supervisor' ? leg.state === 'joined' && !leg.silent : leg.role !== 'citizen' && isLive(leg);

/** By which leg whoever holds the contact was on the line, where they are neither there nor rung any more. */
export function lostHolder({
  call,
  ticket,
  legs,
}: {
  call: CallRow;
  ticket: Pick<Selectable<Tables['ticket']>, 'state' | 'operator_id'>;
  legs: readonly LegRow[];
}): LegRow | null {
  const isPassedOn = call.transfer_to !== null || call.wrap_up_until !== null;
  if (ticket.state !== 'assigned' || isPassedOn || liveLegOf(legs, ticket.operator_id)) return null;
  const theirs = legs.filter((leg) => leg.role === 'operator' && leg.operator_id === ticket.operator_id);
  return theirs.findLast(({ state, joined_at: joinedAt }) => state === 'left' && joinedAt !== null) ?? null;
}
