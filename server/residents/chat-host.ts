import type { AppContext } from '../context.ts';
import type { ChatHost, Visitor } from '../contract/chat.ts';
import { AppError, type Locale } from '../contract/errors.ts';
import { moveCursors } from '../conversations/cursors.ts';
import { CHAT_ACCOUNT, chatPage, findConversation } from './chat-page.ts';
import { endByCitizen, rateContact } from './end-and-rate.ts';
import { recordConsent, saveProfile } from './profile.ts';
import { publicCity } from './public-city.ts';

/**
 * The server's side of the web chat, for the channel to call.
 * @param typing tells the operators that a resident is typing; not stored
 */
export function createChatHost(context: AppContext, typing: ChatHost['typing']): ChatHost {
  const { database, unitOfWork, say, visitorTokens, residentTickets, log } = context;
  const { db } = database;

  /** Ids never change, and residents ask often: those of visitors seen lately are kept. */
  const known = new Map<string, string>();
  async function conversationId(visitor: Visitor): Promise<string | null> {
    const kept = known.get(visitor.address);
    if (kept) return kept;
    const id = (await findConversation(db, visitor))?.id ?? null;
    if (id) {
      if (known.size > 20_000) known.clear();
      known.set(visitor.address, id);
    }
    return id;
  }

  /** The bot and the system speak the language the resident reads now. */
  async function setLocale(visitor: Visitor, locale: Locale): Promise<void> {
    await db
      .updateTable('conversation')
      .set({ locale })
      .where('channel_account_id', '=', CHAT_ACCOUNT)
      .where('address', '=', visitor.address)
      .execute();
  }

  return {
    newVisitor: visitorTokens.issue,
    readToken: visitorTokens.read,
    conversationId,
    typing,

    async welcome(visitor, locale, after) {
      const [conversation, city] = await Promise.all([findConversation(db, visitor), publicCity(context)]);
      if (conversation && conversation.locale !== locale) await setLocale(visitor, locale);
      const page = await chatPage(db, residentTickets, conversation?.id ?? null, { after }).catch((error) => {
        // A cursor from before a restored backup: the widget starts over from what is stored.
        if (error instanceof AppError && error.code === 'invalid_cursor' && conversation) {
          return chatPage(db, residentTickets, conversation.id, {});
        }
        throw error;
      });
      return {
        ...page,
        token: visitor.token,
        profile: { name: conversation?.name ?? null, email: conversation?.email ?? null },
        consentVersion: conversation?.consent_version ?? null,
        city,
      };
    },

    page: async (visitor, range) => chatPage(db, residentTickets, await conversationId(visitor), range),

    async files(visitor, ids) {
      const rows = await db
        .selectFrom('attachment')
        .selectAll()
        .where('id', 'in', [...ids])
        .where('owner', '=', `visitor:${visitor.address}`)
        .execute();
      return rows.map((row) => ({
        type: 'media',
        attachmentId: row.id,
        name: row.name,
        mimeType: row.mime_type,
        size: row.size,
      }));
    },

    async receipt(visitor, { delivered, read }) {
      const id = await conversationId(visitor);
      if (!id) return;
      await unitOfWork((unit) =>
        moveCursors(unit, id, {
          citizen_delivered: Math.max(delivered ?? 0, read ?? 0),
          ...(read === undefined ? {} : { citizen_read: read }),
        }),
      );
    },

    async consent(visitor, version, locale) {
      if (version !== context.city.privacyNotice.version) throw new AppError('invalid_input', { version });
      await unitOfWork((unit) => recordConsent(unit, visitor, version, locale));
    },

    profile: (visitor, profile, locale) => unitOfWork((unit) => saveProfile(unit, visitor, profile, locale)),

    async rate(visitor, rating) {
      const id = await conversationId(visitor);
      if (!id) throw new AppError('not_found');
      await unitOfWork((unit) => rateContact(unit, id, rating));
    },

    async end(visitor) {
      const id = await conversationId(visitor);
      if (id) await unitOfWork((unit) => endByCitizen(unit, say, id));
    },

    setLocale,

    failed: (error) => log.error({ err: error }, 'a resident could not be answered'),
  };
}
