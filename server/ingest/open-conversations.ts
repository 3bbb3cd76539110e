import { v7 as uuid } from 'uuid';
import type { ChannelName } from '../contract/channel.ts';
import type { Locale } from '../contract/errors.ts';
import type { ConversationRow, WhenHeld } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Somebody who writes to a channel account. */
export interface Sender {
  accountId: string;
  channel: ChannelName;
  address: string;
  /** Tells apart the conversations of one address, on channels with threads. */
  thread?: string | undefined;
  /** The identity they are known by, where it is not the address: somebody who only claims to be at that address. */
  knownAs?: string | undefined;
  displayName?: string | undefined;
  locale: Locale;
}

/** What may not be had twice: a person by channel and address, a conversation by account, address and thread. */
export const addressKey = (scope: string, address: string, thread = ''): string => `${scope}\n${address}\n${thread}`;

const conversationKey = ({ accountId, address, thread }: Sender): string => addressKey(accountId, address, thread);
const identityOf = (sender: Sender): string => sender.knownAs ?? sender.address;

/**
 * The conversations of senders, made where a stranger writes, and locked until the transaction ends.
 * @returns by `addressKey` of account, address and thread
 */
export async function openConversations(
  unit: Unit,
  senders: readonly Sender[],
  whenHeld: WhenHeld = 'wait',
): Promise<Map<string, ConversationRow>> {
  const wanted = new Map(senders.map((sender) => [conversationKey(sender), sender]));
  const found = await select(unit, [...wanted.values()], whenHeld);
  const strangers = await unknownAmong(
    unit,
    [...wanted].filter(([key]) => !found.has(key)).map(([, sender]) => sender),
  );
  if (strangers.length === 0) return found;
  await introduce(unit, strangers);
  return select(unit, [...wanted.values()], whenHeld);
}

/** Who has no conversation, rather than one that is held. */
async function unknownAmong(unit: Unit, missing: readonly Sender[]): Promise<Sender[]> {
  if (missing.length === 0) return [];
  const rows = await unit.tx
    .selectFrom('conversation')
    .select(['channel_account_id', 'address', 'thread'])
    .where('channel_account_id', 'in', [...new Set(missing.map((sender) => sender.accountId))])
    .where(
      'address',
      'in',
      missing.map((sender) => sender.address),
    )
    .execute();
  const known = new Set(rows.map((row) => addressKey(row.channel_account_id, row.address, row.thread)));
  return missing.filter((sender) => !known.has(conversationKey(sender)));
}

async function select(
  unit: Unit,
  senders: readonly Sender[],
  whenHeld: WhenHeld,
): Promise<Map<string, ConversationRow>> {
  const addresses = senders.map((sender) => sender.address);
  const accounts = new Set(senders.map((sender) => sender.accountId));
  const query = unit.tx
    .selectFrom('conversation')
    .selectAll()
    .where('channel_account_id', 'in', [...accounts])
    .where('address', 'in', addresses)
    .where('thread', 'in', [...new Set(senders.map((sender) => sender.thread ?? ''))])
    .orderBy('id')
    .forUpdate();
  const rows = await (whenHeld === 'skip' ? query.skipLocked() : query).execute();
  return new Map(rows.map((row) => [addressKey(row.channel_account_id, row.address, row.thread), row]));
}

/** Citizen, identity and conversation of people who write for the first time. Two at once: the first one counts. */
async function introduce(unit: Unit, strangers: readonly Sender[]): Promise<void> {
  const { tx, now } = unit;
  const known = await tx
    .selectFrom('identity')
    .select(['channel', 'address', 'citizen_id'])
    .where('channel', 'in', [...new Set(strangers.map((sender) => sender.channel))])
    .where('address', 'in', strangers.map(identityOf))
    .execute();
  const citizenOf = new Map(known.map((row) => [addressKey(row.channel, row.address), row.citizen_id]));

  const unknown = strangers.filter((sender) => !citizenOf.has(addressKey(sender.channel, identityOf(sender))));
  if (unknown.length > 0) {
    // Somebody may begin two conversations at once.
    const fresh = new Map(unknown.map((sender) => [addressKey(sender.channel, identityOf(sender)), sender])).values();
    const people = [...fresh].map((sender) => ({ sender, citizenId: uuid() }));
    await tx
      .insertInto('citizen')
      .values(
        people.map(({ sender, citizenId }) => ({
          id: citizenId,
          name: sender.displayName ?? null,
          email: sender.channel === 'email' && !sender.knownAs ? sender.address : null,
          phone: null,
          locale: sender.locale,
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
        people.map(({ sender, citizenId }) => ({
          id: uuid(),
          citizen_id: citizenId,
          channel: sender.channel,
          address: identityOf(sender),
          display_name: sender.displayName ?? null,
          created_at: now,
        })),
      )
      .execute();
    for (const { sender, citizenId } of people) {
      citizenOf.set(addressKey(sender.channel, identityOf(sender)), citizenId);
    }
  }

  await tx
    .insertInto('conversation')
    .values(
      strangers.map((sender) => ({
        id: uuid(),
        citizen_id: citizenOf.get(addressKey(sender.channel, identityOf(sender))) as string,
        channel_account_id: sender.accountId,
        channel: sender.channel,
        address: sender.address,
        thread: sender.thread ?? '',
        side_of: null,
        locale: sender.locale,
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
    .onConflict((conflict) => conflict.columns(['channel_account_id', 'address', 'thread']).doNothing())
    .execute();
}
