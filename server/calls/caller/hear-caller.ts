import type { AppContext } from '../../context.ts';
import type { Locale } from '../../contract/errors.ts';
import { pickedByNumber } from '../../contract/picked-choice.ts';
import type { CallerWords, CallMoment, Heard } from '../../contract/voice.ts';
import type { Db } from '../../database/database.ts';
import { type CallerScript, readScript } from './caller-script.ts';
import { saidYes } from './said-yes.ts';

/** What they keyed or said, stored as a message of theirs. */
export interface Said {
  seq: number;
  /** They want a person: the bot has to see to that, or we do. */
  forPerson: boolean;
}

type HearParts = Pick<AppContext, 'channels' | 'database' | 'desk' | 'ingest'>;

/**
 * Stores what the caller said since the last step: to the bot, or to a question of ours that people should read the
 * answer to. Once a turn, however often it is told.
 * @returns null where nothing was said, or nothing that is kept
 */
export async function hearCaller(parts: HearParts, callId: string, moment: CallMoment): Promise<Said | null> {
  const { heard } = moment;
  if (heard.kind !== 'keys' && heard.kind !== 'speech') return null;
  const standing = await readStanding(parts.database.db, callId);
  const { locale, address, state, ended_at: endedAt, turn: lastTurn } = standing;
  const script = readScript(standing);
  const isForBot = state === 'bot' && script.asking === null;
  const turn = moment.turn ?? lastTurn;
  if (endedAt || turn < lastTurn || !(isForBot || script.asking === 'may_call')) return null;

  const isPersonKey = heard.kind === 'keys' && heard.digits === PERSON_KEY && isForBot;
  const part = isPersonKey
    ? textOf(parts.desk.phrase('call.wants_person', locale))
    : isForBot
      ? partFor(heard, script)
      : textOf(parts.desk.phrase(saidYes(heard) ? 'call.may_call_yes' : 'call.may_call_no', locale));
  const channel = parts.channels.get('voice');
  if (!part || !channel) return null;
  const words: CallerWords = {
    providerCallId: moment.providerCallId,
    turn,
    address,
    part,
    locale,
    at: moment.at,
  };
  const [receipt] = await parts.ingest.receive(standing.channel_account_id, channel, words as never);
  return receipt ? { seq: receipt.seq, forPerson: isPersonKey } : null;
}

/** Leads to a person from every prompt. */
const PERSON_KEY = '0';
/** Changes the language, where it is no choice. */
const LANGUAGE_KEY = '9';

export const isLanguageKey = (heard: Heard, { choices }: Pick<CallerScript, 'choices'>): boolean =>
  heard.kind === 'keys' && heard.digits === LANGUAGE_KEY && choices.length < Number(LANGUAGE_KEY);

/** Keys without a digit say nothing, nor does speech without a word. */
export const isSilence = (heard: Heard): boolean =>
  heard.kind === 'silence' ||
  (heard.kind === 'keys' && !/\d/.test(heard.digits)) ||
  (heard.kind === 'speech' && heard.text.trim() === '');

function partFor(heard: Heard, script: CallerScript): CallerWords['part'] | null {
  if (isSilence(heard) || isLanguageKey(heard, script)) return null;
  if (heard.kind === 'speech') return pickedOr(heard.text, script);
  return heard.kind === 'keys' ? pickedOr(heard.digits.replace(/\D/g, ''), script) : null;
}

/** «La dos» is the second of what they were read. */
function pickedOr(text: string, { choices }: CallerScript): CallerWords['part'] {
  const picked = pickedByNumber(text, choices);
  return picked ? { type: 'choice', ...picked } : textOf(text);
}

const textOf = (text: string): CallerWords['part'] => ({ type: 'text', text });

interface CallerStanding {
  turn: number;
  script: Record<string, unknown> | null;
  ended_at: Date | null;
  channel_account_id: string;
  address: string;
  locale: Locale;
  state: string;
}

const readStanding = (db: Db, callId: string): Promise<CallerStanding> =>
  db
    .selectFrom('call as k')
    .innerJoin('conversation as c', 'c.id', 'k.conversation_id')
    .innerJoin('ticket as t', 't.id', 'k.ticket_id')
    .select(['k.turn', 'k.script', 'k.ended_at', 'c.channel_account_id', 'c.address', 'c.locale', 't.state'])
    .where('k.id', '=', callId)
    .executeTakeFirstOrThrow();
