import type { CaseDraft, NearbyCase } from './case.ts';
import type { CaseStatus } from './case-status.ts';
import type { ChannelName } from './channel.ts';
import type { Locale } from './errors.ts';
import type { Hint, HintRequest } from './hint.ts';
import type { ChoiceOption, Message, Part } from './message.ts';
import type { PhraseKey } from './phrases.ts';
import type { PlaceSuggestion, Point, Whereabouts } from './place.ts';
import type { QuestionKind } from './service-form.ts';

/** What the bot is asked to answer: everything a person said since its last turn, as one burst. */
export interface BotTurn {
  conversationId: string;
  ticketId: string;
  channel: ChannelName;
  locale: Locale;
  citizenName: string | null;
  /** Version of the privacy notice they have accepted; null: it comes before the first personal question. */
  consent: string | null;
  /** Empty when it is silence that the bot is asked to break. */
  messages: Message[];
  /** On a call: whether something can also be sent as a text to the telephone they call from. */
  canText?: boolean;
  /** What the bot kept of this ticket at the end of its last turn; null on the first. */
  state: BotState | null;
  now: Date;
}

/** Opaque to everybody but the bot. `version` lets a newer bot start afresh instead of failing. */
export interface BotState {
  version: number;
  data: Record<string, unknown>;
  /** Kept beside it by the server, ISO 8601: when the bot wants to be asked again, should nothing be said until then. */
  breakSilenceAt?: string;
}

export interface HandOff {
  /** Queue id of the city's content; absent: the default queue. */
  queueId?: string;
  /** Two lines for the operator: what they want, what was tried. */
  summary: string;
  /** asked: the person wanted one; missed: the bot did not understand twice; danger: life at risk. */
  reason: 'asked' | 'missed' | 'danger' | 'topic' | 'upset';
  /** 0 urgent, 1 high, 2 normal. Absent: the queue's own. */
  priority?: 0 | 1 | 2;
  /** From here on only people with the grant see the contact. */
  protected?: boolean;
}

/** What a language model was asked in a turn, and whether what it said was used. */
export interface Shaped {
  purpose: 'wording' | 'choice' | 'question';
  model: string;
  milliseconds: number;
  used: boolean;
}

export interface BotOutcome {
  replies: Part[][];
  state: BotState;
  /** What the burst was taken for, an id of the catalogue; `confidence` 0 to 1. `between`: the likeliest of those offered. */
  understood?: { id: string; confidence: number; certainty?: 'sure' | 'between' | 'unsure' };
  /** The turn before was mistaken: what they had meant, where they picked it; null: only that it did not help. */
  corrects?: { id: string | null };
  handOff?: HandOff;
  /** By which language model the replies were shaped; absent: by none. */
  shaped?: readonly Shaped[];
  /** They accepted this version of the privacy notice. */
  consent?: string;
  /** What they told of themselves; kept with the citizen. */
  citizen?: { name?: string; phone?: string; email?: string };
  /** They write in another language than that of the turn. */
  locale?: Locale;
  /** When to ask the bot again, should nothing be said until then. */
  breakSilenceAt?: Date;
  /** The contact is over; id of a disposition. */
  close?: string;
  /** On a call: sent as texts to the telephone they call from. */
  texts?: readonly string[];
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
  /** It may be reported without saying who one is. */
  restricted: boolean;
  /** Of a service: whether a case needs a place, and the promise in working days. */
  location: 'required' | 'optional' | 'none';
  workingDays: number;
  /** Of a service: what is asked besides, in this order; absent: nothing. */
  questions?: readonly AskedQuestion[];
}

/** A question of a service's form in the reader's language. */
export interface AskedQuestion {
  id: string;
  kind: QuestionKind;
  label: string;
  required: boolean;
  choices: readonly ChoiceOption[];
}

/** Who is spoken to: cases are theirs. */
export interface Asker {
  conversationId: string;
  ticketId: string;
}

/** A case as its reporter or a follower may hear of it. */
export interface KnownCase {
  id: string;
  folio: string;
  serviceId: string;
  /** In the reader's language. */
  title: string;
  status: CaseStatus;
  promisedFor: string;
  workingDays: number;
  openedAt: string;
  closedAt: string | null;
  owner: string | null;
  reason: string | null;
  where: string | null;
  /** The last thing the city told about it. */
  lastUpdate: { at: string; text: string } | null;
  /** For this asker; `link` leads to its page. */
  secret: string;
  link: string;
}

export type OpenedCase = { ok: true; case: KnownCase } | { ok: false; problem: 'outside_city' | 'place_required' };

/** What a bot may do with cases. Everything is once in effect: the same key twice gives the same case. */
export interface CaseDesk {
  /** Places a text names, best first. */
  findPlaces(text: string): Promise<PlaceSuggestion[]>;
  whereIs(point: Point): Promise<Whereabouts>;
  /** Open cases of that service within about a street's length, nearest first; never protected ones. */
  nearby(serviceId: string, point: Point): Promise<NearbyCase[]>;
  /** @param key unique for this draft within the ticket */
  open(asker: Asker, key: string, draft: CaseDraft, options: { triage: boolean }, locale: Locale): Promise<OpenedCase>;
  /** Follows somebody else's case: it counts, and its updates come here. Null when there is none, or it is protected. */
  follow(asker: Asker, caseId: string, locale: Locale): Promise<KnownCase | null>;
  /** By folio, for who filed or follows it in this or another conversation of theirs, or who has its secret. */
  find(asker: Asker, folio: string, secret: string | null, locale: Locale): Promise<KnownCase | null>;
  /** Theirs, newest first, at most ten. */
  mine(asker: Asker, locale: Locale): Promise<KnownCase[]>;
  /** «Not solved»: opens it again. False when it is not theirs or not closed. */
  reopen(asker: Asker, caseId: string, words: string): Promise<boolean>;
}

/** What a bot may ask of the city and do in it. */
export interface Desk {
  readonly cityName: string;
  /** IANA name. */
  readonly timeZone: string;
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
  readonly handOffTo: { danger: string; violence?: string | undefined; service: string; topic: string };
  /** What folios of this city begin with. */
  readonly folioPrefix: string;
  readonly cases: CaseDesk;
  /** The privacy notice: its version, and in short. */
  privacy(locale: Locale): { version: string; text: string };
}

/** How well texts are understood that were not learnt; shares from 0 to 1. */
export interface TryOutFigures {
  /** Texts asked. */
  count: number;
  accuracyAt1: number;
  /** Answered without asking back, and wrong. */
  wrongButConfident: number;
}

/** A text that the additions would have understood otherwise: `id` is right, `was` and `now` are what it is taken for. */
export interface TryOutChange {
  text: string;
  id: string;
  was: string;
  now: string;
}

/** What new utterances would change. */
export interface TryOut {
  before: TryOutFigures;
  after: TryOutFigures;
  /** Understood before, and no longer. */
  worse: TryOutChange[];
  /** The other way round. */
  better: TryOutChange[];
  /** The additions themselves: what each is taken for now, and once the others are learnt, not itself. */
  additions: TryOutChange[];
}

/** Answers a burst. A pure function of its input and the desk: storing and sending are the server's work. */
export interface Bot {
  turn(turn: BotTurn, desk: Desk): Promise<BotOutcome>;
  /** Gets ready for the desk's content, so that the first turn does not wait for it. Rejects when it cannot learn it. */
  prepare?(desk: Desk): Promise<void>;
  /**
   * What it would change to teach these utterances as well, by id; nothing is kept. Works in a process of its own for
   * about half a minute. Rejects when that process fails.
   */
  tryOut?(additions: Readonly<Record<string, readonly string[]>>, desk: Desk): Promise<TryOut>;
  /** What would help a person to answer; the bot itself says nothing. */
  hint?(request: HintRequest, desk: Desk): Promise<Hint>;
  /** What a text is about, an id of the catalogue; null when that is not clear, or may be danger. */
  about?(text: string, desk: Desk): Promise<string | null>;
}
