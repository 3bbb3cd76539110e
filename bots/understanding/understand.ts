import type { Desk } from '../../server/contract/bot.ts';
import { BACKGROUND } from '../../server/contract/city.ts';
import { asksForPerson } from './asks-for-person.ts';
import { wordsOf } from './normalise.ts';
import { type Ranked, type Recogniser, trainRecogniser } from './recogniser.ts';
import { passagesOf, requestsIn, withoutTakenBack } from './requests.ts';
import { isFarewell, isGreeting } from './small-talk.ts';

/** What a text is about, as an id of the city's catalogue. */
export interface Understanding {
  /** sure: act on `id`. between: offer the `candidates`. unsure: say so. */
  certainty: 'sure' | 'between' | 'unsure';
  /** Of a topic, service or action; `ninguno` when it is nothing the bot knows. */
  id: string;
  /** 0 to 1: how often an answer given like this is right. */
  confidence: number;
  /** When between: the ids it could mean, best first. */
  candidates: string[];
  /** What is asked for besides, in the order in which it was said. */
  also: string[];
}

/** Danger is looked for before and apart from this: no way of understanding may stand in front of it. */
export type Understand = (text: string, desk: Desk) => Promise<Understanding>;

/** From here on an answer is given without asking back. */
const SURE = 0.6;
/** How far the best must be ahead of the next for that. */
const AHEAD = 0.15;
/** Below this nothing is offered, either. */
const OFFERED = 0.12;
const MOST_OFFERED = 3;
/** A second request must be this clear by itself; clearer when nothing marks it as another. */
const SECOND = { plainly: 0.6, perhaps: 0.85 };
/** Longer texts are read passage by passage. */
const SHORT_WORDS = 8;

const NOTHING = 'ninguno';
/** What people say around what they want. */
const smallTalk = new Set([BACKGROUND, NOTHING, 'saludo', 'despedida']);

const recognisers = new WeakMap<Desk['utterances'], Recogniser>();

/** The recogniser of the desk's content: learnt on first sight, and again when the content is another. */
export function recogniserOf(desk: Desk): Recogniser {
  const known = recognisers.get(desk.utterances);
  if (known) return known;
  const recogniser = trainRecogniser(desk);
  recognisers.set(desk.utterances, recogniser);
  return recogniser;
}

/** Small talk and a wish for a person by rules, everything else by what the city's utterances teach. */
export const understand: Understand = async (text, desk) => understandBy(recogniserOf(desk), text);

/** The same by a recogniser of the caller's. */
export function understandBy(recognise: Recogniser, text: string): Understanding {
  if (wordsOf(text).length === 0) return nothing;
  if (isGreeting(text)) return sure('saludo');
  if (asksForPerson(text)) return sure('hablar-persona');
  if (isFarewell(text)) return sure('despedida');
  return judge(text, recognise);
}

/** What the recogniser makes of a text, as a decision. */
function judge(said: string, recognise: Recogniser): Understanding {
  const { text, nothingLeft } = withoutTakenBack(said);
  const ranked = rankLong(text, recognise).filter(({ id }) => id !== BACKGROUND);
  const [best, next] = ranked;
  if (!best || best.id === NOTHING) return nothing;
  const requests = nothingLeft ? [] : severalIn(text, recognise);
  if (requests.length > 1) {
    const [first, ...also] = requests.map(({ id }) => id);
    const confidence = Math.min(...requests.map((request) => request.confidence));
    return { certainty: 'sure', id: first ?? best.id, confidence, candidates: [], also };
  }
  const { id, confidence } = best;
  if (!nothingLeft && confidence >= SURE && confidence - (next?.confidence ?? 0) >= AHEAD) {
    return { certainty: 'sure', id, confidence, candidates: [], also: [] };
  }
  const candidates = ranked
    .filter((other) => !smallTalk.has(other.id) && other.confidence >= OFFERED)
    .slice(0, MOST_OFFERED)
    .map((other) => other.id);
  if (candidates.length === 0) return { ...nothing, confidence: 1 - confidence };
  return {
    certainty: 'between',
    id: candidates[0] ?? id,
    confidence: Math.min(confidence, SURE),
    candidates,
    also: [],
  };
}

/** In a long text the passage that says most counts with the whole; what surrounds it does not outvote it. */
function rankLong(text: string, recognise: Recogniser): Ranked[] {
  const whole = recognise(text);
  const passages = passagesOf(text);
  if (passages.length < 2 || wordsOf(text).length <= SHORT_WORDS) return whole;
  const parts = passages.map((passage) => new Map(recognise(passage).map(({ id, confidence }) => [id, confidence])));
  const combined = whole.map(({ id, confidence }) => {
    const inParts = parts.map((part) => part.get(id) ?? 0);
    const most = smallTalk.has(id) ? Math.min(...inParts) : Math.max(...inParts);
    return { id, confidence: (confidence + most) / 2 };
  });
  const sum = combined.reduce((total, { confidence }) => total + confidence, 0);
  return combined
    .map(({ id, confidence }) => ({ id, confidence: confidence / Math.max(sum, 1) }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** The two things a text clearly asks for, each in its own part; fewer when it does not. */
function severalIn(text: string, recognise: Recogniser): Ranked[] {
  const { parts, joined } = requestsIn(text);
  if (parts.length < 2) return [];
  const clear = parts
    .flatMap((part) => recognise(part).slice(0, 1))
    .filter(({ id, confidence }) => !smallTalk.has(id) && confidence >= SECOND[joined]);
  const distinct = clear.filter(({ id }, i) => clear.findIndex((other) => other.id === id) === i);
  return distinct.length === 2 ? distinct : [];
}

const nothing: Understanding = { certainty: 'unsure', id: NOTHING, confidence: 1, candidates: [], also: [] };

function sure(id: string): Understanding {
  return { certainty: 'sure', id, confidence: 1, candidates: [], also: [] };
}
