import type { Visitor } from '../contract/chat.ts';
import { AppError, type Locale } from '../contract/errors.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from '../ingest/address-key.ts';
import { openConversations } from '../ingest/open-conversations.ts';
import { CHAT_ACCOUNT } from './chat-page.ts';

/** The visitor's conversation, begun now if this is the first thing they do. */
async function begin(unit: Unit, visitor: Visitor, locale: Locale): Promise<ConversationRow> {
  const sender = { accountId: CHAT_ACCOUNT, channel: 'chat' as const, address: visitor.address, locale };
  const conversation = (await openConversations(unit, [sender])).get(addressKey(CHAT_ACCOUNT, visitor.address));
  if (!conversation) throw new Error('A conversation that was just made is gone');
  return conversation;
}

/** The resident accepted the privacy notice of that version. The first time counts. */
export async function recordConsent(unit: Unit, visitor: Visitor, version: string, locale: Locale): Promise<void> {
  const conversation = await begin(unit, visitor, locale);
  if (conversation.consent_version === version) return;
  await unit.tx
    .updateTable('conversation')
    .set({ consent_version: version, consent_at: unit.now })
    .where('id', '=', conversation.id)
    .execute();
  unit.emit('citizen.changed', { citizenId: conversation.citizen_id });
}

/** @throws AppError `consent_required` */
export async function saveProfile(
  unit: Unit,
  visitor: Visitor,
  profile: { name?: string | undefined; email?: string | undefined },
  locale: Locale,
): Promise<void> {
  const conversation = await begin(unit, visitor, locale);
  if (!conversation.consent_version) throw new AppError('consent_required');
  const given = { ...(profile.name ? { name: profile.name } : {}), ...(profile.email ? { email: profile.email } : {}) };
  if (Object.keys(given).length === 0) return;
  await unit.tx
    .updateTable('citizen')
    .set({ ...given, updated_at: unit.now })
    .where('id', '=', conversation.citizen_id)
    .execute();
  unit.emit('citizen.changed', { citizenId: conversation.citizen_id });
}
