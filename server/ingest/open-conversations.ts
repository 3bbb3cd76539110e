import type { ConversationRow, WhenHeld } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import { introduce } from './introduce.ts';
import type { Sender } from './sender.ts';

const conversationKey = ({ accountId, address, thread }: Sender): string => addressKey(accountId, address, thread);

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
