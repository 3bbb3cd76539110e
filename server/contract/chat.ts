import type { Locale } from './errors.ts';
import type { Part } from './message.ts';
import type { ChatPage, ChatWelcome } from './socket.ts';

/** A resident on the web chat: the address their token proves. */
export interface Visitor {
  /** The chat's address of this person: a UUID nobody can guess or forge. */
  address: string;
  token: string;
}

/** What the chat channel asks of the server on a resident's behalf. Every method that changes something commits. */
export interface ChatHost {
  /** A new visitor. Nothing is stored: somebody who only looks leaves no trace. */
  newVisitor(): Visitor;
  /** @throws AppError `invalid_token` for a token that this installation did not give */
  readToken(token: string): Visitor;
  welcome(visitor: Visitor, locale: Locale, after: number | undefined): Promise<ChatWelcome>;
  /** @throws AppError `invalid_cursor` */
  page(visitor: Visitor, range: { after?: number; before?: number }): Promise<ChatPage>;
  /** Names, types and sizes of files this visitor uploaded. @throws AppError `not_found` */
  files(visitor: Visitor, attachmentIds: readonly string[]): Promise<Extract<Part, { type: 'media' }>[]>;
  /** The conversation, once there is one. */
  conversationId(visitor: Visitor): Promise<string | null>;
  receipt(visitor: Visitor, seqs: { delivered?: number; read?: number }): Promise<void>;
  typing(conversationId: string, typing: boolean): void;
  consent(visitor: Visitor, version: string, locale: Locale): Promise<void>;
  /** @throws AppError `consent_required` before the privacy notice is accepted */
  profile(visitor: Visitor, profile: { name?: string; email?: string }, locale: Locale): Promise<void>;
  rate(visitor: Visitor, rating: { ticketId: string; score: number; comment?: string }): Promise<void>;
  /** The resident ends the contact. */
  end(visitor: Visitor): Promise<void>;
  setLocale(visitor: Visitor, locale: Locale): Promise<void>;
  /** Something broke while a resident was answered; they were told `unavailable`. For the log. */
  failed(error: unknown): void;
}
