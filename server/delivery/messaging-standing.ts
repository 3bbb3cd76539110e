import type { City } from '../contract/city.ts';
import type { MessagingStanding } from '../contract/messaging.ts';
import type { Db } from '../database/database.ts';
import type { Windows } from './window.ts';

/**
 * How an answer would leave by an account on WhatsApp, SMS, Messenger or Instagram; null for a conversation on another
 * channel. The reader counts down to the end of the window by itself; only what the citizen says moves it.
 */
export async function messagingStanding(
  db: Db,
  city: Pick<City, 'accounts'>,
  windows: Pick<Windows, 'closesAt' | 'templates'>,
  conversationId: string,
): Promise<MessagingStanding | null> {
  const conversation = await db
    .selectFrom('conversation as c')
    .leftJoin('identity as i', (join) => join.onRef('i.channel', '=', 'c.channel').onRef('i.address', '=', 'c.address'))
    .select(['c.channel', 'c.channel_account_id', 'c.last_inbound_at', 'c.created_at', 'i.opted_out_at'])
    .where('c.id', '=', conversationId)
    .executeTakeFirst();
  const account = city.accounts.find(({ id }) => id === conversation?.channel_account_id);
  if (!conversation || !account) return null;
  const { id, name, address } = account;
  return {
    account: { id, name, address },
    windowClosesAt: windows.closesAt(conversation)?.toISOString() ?? null,
    templates: windows.templates(conversation).map(({ contentSid: _, ...template }) => template),
    optedOutAt: conversation.opted_out_at?.toISOString() ?? null,
  };
}
