import type { Visitor } from '../contract/chat.ts';
import type { Message } from '../contract/message.ts';
import type { ChatPage } from '../contract/socket.ts';
import { readMessages } from '../conversations/read-messages.ts';
import type { Db } from '../database/database.ts';
import type { ResidentTickets } from './resident-ticket.ts';

export const CHAT_ACCOUNT = 'web';
const PAGE = 50;

const nothingYet: ChatPage = {
  conversationId: null,
  messages: [],
  cursors: { citizenDelivered: 0, citizenRead: 0, cityDelivered: 0, cityRead: 0 },
  lastSeq: 0,
  hasEarlier: false,
  ticket: null,
};

export interface ChatConversation {
  id: string;
  citizen_id: string;
  locale: 'es' | 'en';
  consent_version: string | null;
  name: string | null;
  email: string | null;
}

/** The visitor's conversation with what they told of themselves, once there is one. */
export function findConversation(db: Db, visitor: Pick<Visitor, 'address'>): Promise<ChatConversation | undefined> {
  return db
    .selectFrom('conversation as c')
    .innerJoin('citizen as p', 'p.id', 'c.citizen_id')
    .select(['c.id', 'c.citizen_id', 'c.locale', 'c.consent_version', 'p.name', 'p.email'])
    .where('c.channel_account_id', '=', CHAT_ACCOUNT)
    .where('c.address', '=', visitor.address)
    .executeTakeFirst();
}

/** A page of what was said, with where the contact stands. */
export async function chatPage(
  db: Db,
  tickets: ResidentTickets,
  conversationId: string | null,
  range: { after?: number | undefined; before?: number | undefined },
): Promise<ChatPage> {
  if (!conversationId) return nothingYet;
  const [page, ticket] = await Promise.all([
    readMessages(db, conversationId, { ...range, limit: PAGE }),
    tickets.ofConversation(conversationId),
  ]);
  return { conversationId, ...page, messages: page.messages.map(asResidentsSee), ticket };
}

/** Residents know who speaks by name. Ids are for the console. */
const asResidentsSee = (message: Message): Message => ({ ...message, author: { ...message.author, id: null } });
