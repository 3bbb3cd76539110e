import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { ErrorBody } from '../../../../server/contract/errors.ts';
import type { Attachment, PublicCity } from '../../../../server/contract/http.ts';
import type { Point } from '../../../../server/contract/place.ts';
import type { ChatTicket, ChatWelcome } from '../../../../server/contract/socket.ts';
import type { More } from '../more.ts';
import { type ConversationLog, emptyLog } from './conversation-log.ts';

/** Something that goes out with the next message. */
export type TrayItem =
  | { id: string; kind: 'location'; latitude: number; longitude: number }
  | {
      id: string;
      kind: 'file';
      name: string;
      size: number;
      /** Of a picture picked on this page; null for other files and after a reload. */
      preview: string | null;
      /** Share sent, 0 to 1. */
      progress: number;
      attachment: Attachment | null;
      error: ErrorBody | null;
    };

export interface ChatState {
  locale: Locale;
  open: boolean;
  /** idle: not connected on purpose, until the chat is opened. */
  line: 'idle' | 'connecting' | 'online' | 'offline';
  city: PublicCity | null;
  log: ConversationLog;
  ticket: ChatTicket | null;
  profile: ChatWelcome['profile'];
  /** Version of the privacy notice this person accepted. */
  consentVersion: string | null;
  /** Who of the city is typing; `name` null for the bot. */
  typing: { name: string | null } | null;
  draft: string;
  tray: readonly TrayItem[];
  /** A refusal of something other than a message, shown above the composer until the next try. */
  notice: ErrorBody | 'location_denied' | null;
  /** What covers the conversation: the privacy notice, a map, a call, or a question before what cannot be undone. */
  sheet: 'privacy' | 'end' | 'forget' | 'map' | 'call' | 'link' | null;
  /** What stands in the link that they came by from a call. */
  link: string | null;
  /** What the map shows while it is the sheet; without a place it begins with the whole city. */
  map: { at: Point | null; picks: boolean };
  /** The questions before the chat were answered or passed over. */
  introduced: boolean;
  loadingEarlier: boolean;
  sound: boolean;
  /** Once it was needed and has come. */
  more: More | null;
}

export const initialState: Omit<ChatState, 'locale'> = {
  open: false,
  line: 'idle',
  city: null,
  log: emptyLog,
  ticket: null,
  profile: { name: null, email: null },
  consentVersion: null,
  typing: null,
  draft: '',
  tray: [],
  notice: null,
  sheet: null,
  link: null,
  map: { at: null, picks: false },
  introduced: false,
  loadingEarlier: false,
  sound: false,
  more: null,
};

/** Messages of bot and operators that this person has not seen. */
export function unreadCount({ log }: Pick<ChatState, 'log'>): number {
  return log.messages.filter(
    ({ direction, author, seq }) => direction === 'out' && author.type !== 'system' && seq > log.cursors.citizenRead,
  ).length;
}

/** What the city asks before the chat and is not known yet; empty once answered or passed over. */
export function openQuestions(state: ChatState): { field: 'name' | 'email' | 'topic'; required: boolean }[] {
  if (!state.city || state.introduced) return [];
  const asked = state.city.chat.preChat;
  return (['name', 'email', 'topic'] as const)
    .filter((field) => asked[field] !== 'off' && (field === 'topic' || !state.profile[field]))
    .map((field) => ({ field, required: asked[field] === 'required' }));
}

export function hasAcceptedNotice(state: Pick<ChatState, 'city' | 'consentVersion'>): boolean {
  return state.city !== null && state.consentVersion === state.city.privacyNotice.version;
}
