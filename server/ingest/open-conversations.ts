import { v7 as uuid } from 'uuid';
import type { Locale } from '../contract/errors.ts';
import type { ChannelName, InboundMessage } from '../contract/channel.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';

/** A decoded message and where it came in. */
export interface Arrival {
  accountId: string;
  channel: ChannelName;
  event: InboundMessage;
}

export const addressKey = (accountId: string, address: string): string => `${accountId}\n${address}`;

/**
 * The conversations that arrivals belong to, made where a stranger writes, and locked until the transaction ends.
 * @returns by `addressKey`
 */
export async function openConversations(
  unit: Unit,
  arrivals: readonly Arrival[],
  fallbackLocale: Locale,
): Promise<Map<string, ConversationRow>> {
  const wanted = new Map(arrivals.map((arrival) => [addressKey(arrival.accountId, arrival.event.from.address), arrival]));
  const found = await select(unit, [...wanted.values()]);
  const strangers = [...wanted].filter(([key]) => !found.has(key)).map(([, arrival]) => arrival);
  if (strangers.length === 0) return found;
  await introduce(unit, strangers, fallbackLocale);
  return select(unit, [...wanted.values()]);
}

async function select(unit: Unit, arrivals: readonly Arrival[]): Promise<Map<string, ConversationRow>> {
  const addresses = arrivals.map((arrival) => arrival.event.from.address);
  const accounts = new Set(arrivals.map((arrival) => arrival.accountId));
  const rows = await unit.tx
    .selectFrom('conversation')
    .selectAll()
    .where('channel_account_id', 'in', [...accounts])
    .where('address', 'in', addresses)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [addressKey(row.channel_account_id, row.address), row]));
}

/** Citizen, identity and conversation of people who write for the first time. Two at once: the first one counts. */
async function introduce(unit: Unit, strangers: readonly Arrival[], fallbackLocale: Locale): Promise<void> {
  const { tx, now } = unit;
  const known = await tx
    .selectFrom('identity')
    .select(['channel', 'address', 'citizen_id'])
    .where('channel', 'in', [...new Set(strangers.map((arrival) => arrival.channel))])
    .where('address', 'in', strangers.map((arrival) => arrival.event.from.address))
    .execute();
  const citizenOf = new Map(known.map((row) => [addressKey(row.channel, row.address), row.citizen_id]));

  const fresh = strangers.filter((arrival) => !citizenOf.has(addressKey(arrival.channel, arrival.event.from.address)));
  if (fresh.length > 0) {
    const people = fresh.map((arrival) => ({ arrival, citizenId: uuid() }));
    await tx
      .insertInto('citizen')
      .values(
        people.map(({ arrival, citizenId }) => ({
          id: citizenId,
          name: arrival.event.from.displayName ?? null,
          email: null,
          phone: null,
          locale: arrival.event.locale ?? fallbackLocale,
          about: null,
          created_at: now,
          updated_at: now,
        })),
      )
      .execute();
    // Waits for a transaction that introduces the same person, and fails this one if that commits: it is tried again.
    await tx
      .insertInto('identity')
      .values(
        people.map(({ arrival, citizenId }) => ({
          id: uuid(),
          citizen_id: citizenId,
          channel: arrival.channel,
          address: arrival.event.from.address,
          display_name: arrival.event.from.displayName ?? null,
          created_at: now,
        })),
      )
      .execute();
    for (const { arrival, citizenId } of people) {
      citizenOf.set(addressKey(arrival.channel, arrival.event.from.address), citizenId);
    }
  }

  await tx
    .insertInto('conversation')
    .values(
      strangers.map((arrival) => ({
        id: uuid(),
        citizen_id: citizenOf.get(addressKey(arrival.channel, arrival.event.from.address)) as string,
        channel_account_id: arrival.accountId,
        channel: arrival.channel,
        address: arrival.event.from.address,
        locale: arrival.event.locale ?? fallbackLocale,
        last_seq: 0,
        citizen_delivered: 0,
        citizen_read: 0,
        city_delivered: 0,
        city_read: 0,
        consent_version: null,
        consent_at: null,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['channel_account_id', 'address']).doNothing())
    .execute();
}
