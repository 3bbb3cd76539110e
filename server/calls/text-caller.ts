import { v7 as uuid } from 'uuid';
import type { AppContext } from '../context.ts';
import { phoneOf } from '../contract/phone.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import type { Say } from '../conversations/say.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from '../ingest/address-key.ts';
import { openConversations } from '../ingest/open-conversations.ts';

type Accounts = AppContext['accounts'];

/** By which account a text reaches the telephone that somebody calls from; null where none does. */
export function textAccountFor(
  accounts: Accounts,
  { channel, address }: Pick<ConversationRow, 'channel' | 'address'>,
): string | null {
  if (channel !== 'voice' || phoneOf(address) !== address) return null;
  return [...accounts.values()].find((account) => account.channel === 'sms')?.id ?? null;
}

/** Sends texts to the telephone that a locked conversation on the voice is with, as the city's assistant. */
export async function textCaller(
  unit: Unit,
  { accounts, say }: { accounts: Accounts; say: Say },
  conversation: ConversationRow,
  texts: readonly { text: string; externalId: string }[],
): Promise<void> {
  const accountId = textAccountFor(accounts, conversation);
  if (!accountId || texts.length === 0) return;
  const { address, locale, citizen_id } = conversation;
  // The same number is the same person.
  await unit.tx
    .insertInto('identity')
    .values({ id: uuid(), citizen_id, channel: 'sms', address, created_at: unit.now })
    .onConflict((conflict) => conflict.columns(['channel', 'address']).doNothing())
    .execute();
  const opened = await openConversations(unit, [{ accountId, channel: 'sms', address, locale }]);
  const written = opened.get(addressKey(accountId, address));
  if (!written) throw new Error('A conversation that was just made is gone');
  const author = { type: 'bot' as const, id: null, name: null };
  await say(
    unit,
    written,
    null,
    texts.map(({ text, externalId }) => ({ author, parts: [{ type: 'text', text }], externalId })),
  );
}
