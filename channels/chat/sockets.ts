import type { Namespace, Socket } from 'socket.io';
import type { Locale } from '../../server/contract/errors.ts';
import type { Part } from '../../server/contract/message.ts';
import type { ChatClientEvents, ChatServerEvents } from '../../server/contract/socket.ts';

/** What the chat keeps of a connection. */
export interface ChatSocketData {
  address: string | null;
  token: string | null;
  locale: Locale;
}

export type ChatNamespace = Namespace<ChatClientEvents, ChatServerEvents, Record<string, never>, ChatSocketData>;

/** A resident's message as its socket brought it, checked and with its files found. */
export interface ChatInput {
  address: string;
  locale: Locale;
  clientId: string;
  parts: Part[];
}

export type ChatSocket = Socket<ChatClientEvents, ChatServerEvents, Record<string, never>, ChatSocketData>;
