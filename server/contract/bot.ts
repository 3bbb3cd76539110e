import type { ChannelName } from './channel.ts';
import type { Locale } from './errors.ts';
import type { ChoiceOption, Message, Part } from './message.ts';
import type { PhraseKey } from './phrases.ts';

/** What the bot is asked to answer: everything a person said since its last turn, as one burst. */
export interface BotTurn {
  conversationId: string;
  ticketId: string;
  channel: ChannelName;
  locale: Locale;
  citizenName: string | null;
  messages: Message[];
  /** What the bot kept of this ticket at the end of its last turn; null on the first. */
  state: BotState | null;
  now: Date;
}

/** Opaque to everybody but the bot. `version` lets a newer bot start afresh instead of failing. */
export interface BotState {
  version: number;
  data: Record<string, unknown>;
}

export interface HandOff {
  /** Queue id of the city's content; absent: the default queue. */
  queueId?: string;
  /** Two lines for the operator: what they want, what was tried. */
  summary: string;
  /** asked: the person wanted one; missed: the bot did not understand twice; danger: life at risk. */
  reason: 'asked' | 'missed' | 'danger' | 'topic';
  /** 0 urgent, 1 high, 2 normal. Absent: the queue's own. */
  priority?: 0 | 1 | 2;
}

export interface BotOutcome {
  replies: Part[][];
  state: BotState;
  /** What the burst was taken for, an id of the catalogue; `confidence` 0 to 1. */
  understood?: { id: string; confidence: number };
  handOff?: HandOff;
}

/** What a citizen can ask about (topic), report (service) or have done (action); ids as in the city's catalogue. */
export interface CatalogueEntry {
  id: string;
  kind: 'topic' | 'service' | 'action';
  title: string;
  /** Of a service: how urgent a report of it is. */
  priority: 0 | 1 | 2;
  /** Its cases are protected: nothing of what was said may be repeated outside the conversation. */
  protected: boolean;
}

/** What a bot may ask of the city and do in it. Grows with the cases module. */
export interface Desk {
  readonly cityName: string;
  /** The city's phrase for `key`, `{values}` filled in. */
  phrase(key: PhraseKey, locale: Locale, values?: Record<string, string>): string;
  /** The menu of quick answers. */
  menu(locale: Locale): ChoiceOption[];
  /** Everything the city answers and takes care of, titles in the reader's language. */
  catalogue(locale: Locale): readonly CatalogueEntry[];
  /** An answer of the city's content, or null when there is none by that id. */
  answer(id: string, locale: Locale): Promise<string | null>;
  /**
   * Words by which danger is recognised before anything else, in the languages of the content;
   * `innocent` are phrases that merely look like them, `excuses` tell of what is past, may come or is something else.
   */
  readonly danger: Readonly<Record<'emergency' | 'violence' | 'innocent' | 'excuses', readonly string[]>>;
  /** How residents word each id of the catalogue; under `BACKGROUND`, sentences that ask for nothing. */
  readonly utterances: Readonly<Record<string, readonly string[]>>;
  /** Words that mean the same, by a name for what they mean. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Queues by what a contact is about. */
  readonly handOffTo: { danger: string; service: string; topic: string };
}

/** Answers a burst. A pure function of its input and the desk: storing and sending are the server's work. */
export interface Bot {
  turn(turn: BotTurn, desk: Desk): Promise<BotOutcome>;
  /** Gets ready for the desk's content, so that the first turn does not wait for it. */
  prepare?(desk: Desk): void;
}
