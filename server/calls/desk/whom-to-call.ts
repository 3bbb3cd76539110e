import { v7 as uuid } from 'uuid';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addressKey } from '../../ingest/address-key.ts';
import { openConversations } from '../../ingest/open-conversations.ts';
import { openTickets } from '../../ingest/open-tickets.ts';
import type { LockedCall } from '../change-call.ts';

type Parts = Pick<AppContext, 'city' | 'lines'>;

/** The call that a contact waits for. */
export const callbackOf = (unit: Unit, ticketId: string) =>
  unit.tx
    .selectFrom('callback')
    .select(['phone', 'channel_account_id'])
    .where('ticket_id', '=', ticketId)
    .where('done_at', 'is', null)
    .executeTakeFirst();

export async function phoneOfCitizen(unit: Unit, citizenId: string | null): Promise<string | null> {
  if (!citizenId) return null;
  const citizen = await unit.tx.selectFrom('citizen').select('phone').where('id', '=', citizenId).executeTakeFirst();
  return citizen?.phone ?? null;
}

/** The telephone line that a call leaves by. @throws AppError `no_line` */
export function lineFor({ city, lines }: Parts, wanted: string | undefined): string {
  const telephones = city.accounts.filter(({ id, channel }) => channel === 'voice' && lines.get(id)?.kind === 'twilio');
  const line = wanted ? telephones.find(({ id }) => id === wanted) : telephones[0];
  if (!line) throw new AppError('no_line');
  return line.id;
}

/** A contact that begins with our call; who is on the line with us already goes on in the one there is. */
export async function contactFor(
  unit: Unit,
  { city }: Parts,
  { accountId, to, citizenId }: { accountId: string; to: string; citizenId: string | null },
): Promise<Pick<LockedCall, 'ticket' | 'conversation'>> {
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
