import type { Desk } from '../../server/contract/bot.ts';
import { BACKGROUND } from '../../server/contract/city.ts';
import { asksForPerson } from './asks-for-person.ts';
import type { Content } from './content.ts';
import { dangerOf, idOfDanger } from './danger-ids.ts';
import { type DangerJudged, judgeDanger } from './judge-danger.ts';
import { learnAside, type Ranked, type Recognise } from './learn.ts';
import { wordsOf } from './normalise.ts';
import { requestsIn, withoutTakenBack } from './requests.ts';
import { isFarewell, isGreeting, isSmallTalk } from './small-talk.ts';

export { idOfDanger };

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
const SURE = 0.8;
/** How far the best must be ahead of the next for that. */
const AHEAD = 0.2;
/** The likeliest must be this likely to be offered, the others this. */
const OFFERED = { first: 0.12, others: 0.1 };
const MOST_OFFERED = 3;
/** How likely a text is out of scope that resembles nothing at all. */
const UNHEARD_OF = 0.5;
/** A second request must be this clear by itself and in the whole; clearer when nothing marks it as another. */
const SECOND = {
  plainly: { inPart: 0.6, inWhole: 0.002 },
  perhaps: { inPart: 0.85, inWhole: 0.01 },
  inStory: { inPart: 0.85, inWhole: 0.06 },
};

/** From so many words on a text is a story, whose point is in its last or its first words. */
const LONG_STORY = 80;
const POINT = 30;
const DROWNED = 0.75;

const NOTHING = 'ninguno';

const recognisers = new WeakMap<Desk['utterances'], Promise<Recognise>>();

/** The recogniser of the desk's content: learnt on first sight, and again when the content is another. */
export function recogniserOf(desk: Desk): Promise<Recognise> {
  const known = recognisers.get(desk.utterances);
  if (known) return known;
  const recognise = learnAside(desk);
  recognisers.set(desk.utterances, recognise);
  // Whoever waits hears of it; the next one tries again.
  recognise.catch(() => recognisers.delete(desk.utterances));
  return recognise;
}

/** Small talk and a wish for a person by rules, everything else by what the city's utterances teach. */
export const understand: Understand = async (text, desk) => understandBy(await recogniserOf(desk), text, desk);

/** The same by a recogniser of the caller's. Danger comes first. */
export function understandBy(recognise: Recognise, said: string, desk: Content): Understanding {
  const text = withoutLongGaps(said);
  if (wordsOf(text).length === 0) return nothing;
  const { text: meant, nothingLeft } = withoutTakenBack(text);
  const ranked = rank(meant, recognise);
  const danger = judgeDanger(text, nothingLeft ? '' : meant, recognise, desk);
  if (danger?.certainty === 'sure') return { ...sure(idOfDanger(danger.kind, desk)), confidence: danger.confidence };
  if (isGreeting(text)) return sure('saludo');
  if (asksForPerson(text)) return sure('hablar-persona');
  if (isFarewell(text)) return sure('despedida');
  if (danger) return inDoubt(danger, ranked, desk);

  const requests = nothingLeft ? [] : severalIn(meant, ranked, recognise);
  if (requests.length > 1) return several(requests);
  return judge(ranked, nothingLeft, desk);
}

/** How likely each id is. Where a long story drowns what it is about, its end speaks for it, or its beginning. */
function rank(text: string, recognise: Recognise): Ranked[] {
  const whole = recognise(text);
  const words = text.split(/\s+/);
  if (words.length < LONG_STORY || isAboutSomething(whole)) return whole;
  const ends = [words.slice(-POINT), words.slice(0, POINT)].map((part) => recognise(part.join(' ')));
  const told = ends.find(isAboutSomething);
  // Never sure of it: whoever told so much is asked whether that was the point.
  return told ? told.map(({ id, confidence }) => ({ id, confidence: confidence * DROWNED })) : whole;
}

const isAboutSomething = (ranked: readonly Ranked[]): boolean =>
  ranked.some(({ id, confidence }) => id !== BACKGROUND && id !== NOTHING && confidence >= OFFERED.first);

/** What the likelihoods come to, danger apart. */
function judge(all: readonly Ranked[], nothingLeft: boolean, desk: Content): Understanding {
  const ranked = all.filter(({ id }) => id !== BACKGROUND && dangerOf(id, desk) === null);
  const [best = { id: NOTHING, confidence: 1 }, next] = ranked;
  if (best.id === NOTHING) return { ...nothing, confidence: best.confidence };
  const isClear = best.confidence >= SURE && best.confidence - (next?.confidence ?? 0) >= AHEAD;
  if (isClear && !nothingLeft) return { ...sure(best.id), confidence: best.confidence };

  const candidates = candidatesOf(ranked);
  const [first] = candidates;
  if (!first || first.confidence < OFFERED.first) return { ...nothing, confidence: UNHEARD_OF };
  return between(first.id, Math.min(first.confidence, SURE), candidates);
}

/** It may be danger, and that is asked before anything else, even when something else is likelier. */
function inDoubt({ kind, confidence }: DangerJudged, all: readonly Ranked[], desk: Content): Understanding {
  const danger = { id: idOfDanger(kind, desk), confidence };
  const others = all.filter(({ id }) => id !== BACKGROUND && dangerOf(id, desk) === null);
  const [first] = others;
  const likeliest = first && first.confidence > confidence ? first : danger;
  return between(likeliest.id, Math.min(likeliest.confidence, SURE), [danger, ...candidatesOf(others)]);
}

function candidatesOf(ranked: readonly Ranked[]): Ranked[] {
  return ranked.filter(({ id, confidence }) => !isSmallTalk(id) && confidence >= OFFERED.others);
}

function between(id: string, confidence: number, candidates: readonly Ranked[]): Understanding {
  const ids = candidates.slice(0, MOST_OFFERED).map((candidate) => candidate.id);
  return { certainty: 'between', id, confidence, candidates: ids, also: [] };
}

/** The two things a text clearly asks for, each in its own part and heard in the whole; fewer when it does not. */
function severalIn(text: string, whole: readonly Ranked[], recognise: Recognise): Ranked[] {
  const { parts, joined } = requestsIn(text);
  if (parts.length < 2) return [];
  const second = SECOND[joined === 'perhaps' && parts.length > 2 ? 'inStory' : joined];
  const heard = new Set(whole.filter(({ confidence }) => confidence >= second.inWhole).map(({ id }) => id));
  const clear = parts
    .flatMap((part) => recognise(part).slice(0, 1))
    .filter(({ id, confidence }) => !isSmallTalk(id) && confidence >= second.inPart && heard.has(id));
  const distinct = clear.filter(({ id }, i) => clear.findIndex((other) => other.id === id) === i);
  return distinct.length === 2 ? distinct : [];
}

function several(requests: readonly Ranked[]): Understanding {
  const [id = NOTHING, ...also] = requests.map((request) => request.id);
  return { ...sure(id), confidence: Math.min(...requests.map(({ confidence }) => confidence)), also };
}

/** One blank or one line break where there were many: patterns that look for gaps would take ages on long ones. */
function withoutLongGaps(text: string): string {
  return text.replace(/\s+/g, (gap) => (gap.includes('\n') ? '\n' : ' ')).trim();
}

const nothing: Understanding = { certainty: 'unsure', id: NOTHING, confidence: 1, candidates: [], also: [] };

function sure(id: string): Understanding {
  return { certainty: 'sure', id, confidence: 1, candidates: [], also: [] };
}
