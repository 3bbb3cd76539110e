import type { Desk } from '../../server/contract/bot.ts';
import { BACKGROUND } from '../../server/contract/city.ts';
import { asksForPerson } from './asks-for-person.ts';
import type { Content } from './content.ts';
import { type Danger, findDanger } from './find-danger.ts';
import { learnAside, type Ranked, type Recognise } from './learn.ts';
import { wordsOf } from './normalise.ts';
import { isSmallTalk, type Reading, rankReading, readPassages } from './read-passages.ts';
import { requestsIn, withoutTakenBack } from './requests.ts';
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
const SURE = 0.68;
/** How far the best must be ahead of the next for that. */
const AHEAD = 0.2;
/** The likeliest must be this likely to be offered, the others this. */
const OFFERED = { first: 0.2, others: 0.12 };
const MOST_OFFERED = 3;
/** A second request must be this clear by itself; clearer when nothing marks it as another. */
const SECOND = { plainly: 0.6, perhaps: 0.85 };
/** From here on it is out of scope, and nothing is offered. */
const OUT_OF_SCOPE = 0.3;
/** From here on it is danger: an alarm for nothing costs less than one that is missed. */
const DANGER = { whole: 0.5, passage: 0.8 };

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

/** The same by a recogniser of the caller's. Danger comes first, by the city's words for it. */
export function understandBy(recognise: Recognise, said: string, desk: Content): Understanding {
  const text = withoutLongGaps(said);
  if (wordsOf(text).length === 0) return nothing;
  const danger = findDanger(text, desk.danger);
  if (danger) return sure(idOfDanger(danger, desk));
  if (isGreeting(text)) return sure('saludo');
  if (asksForPerson(text)) return sure('hablar-persona');
  if (isFarewell(text)) return sure('despedida');
  return judge(text, recognise, desk);
}

/** What the recogniser makes of a text, as a decision. */
function judge(said: string, recognise: Recognise, desk: Content): Understanding {
  const { text, nothingLeft } = withoutTakenBack(said);
  const reading = readPassages(text, recognise);
  const danger = nothingLeft ? null : dangerIn(reading, desk);
  if (danger) return danger;
  const requests = nothingLeft ? [] : severalIn(text, recognise);
  if (requests.length > 1) return several(requests);

  const ranked = rankReading(reading).filter(({ id }) => id !== BACKGROUND);
  const [best = { id: NOTHING, confidence: 1 }, next] = ranked;
  if (best.id === NOTHING && best.confidence >= OUT_OF_SCOPE) return { ...nothing, confidence: best.confidence };
  const isClear = best.confidence >= SURE && best.confidence - (next?.confidence ?? 0) >= AHEAD;
  if (isClear && !nothingLeft) return { ...sure(best.id), confidence: best.confidence };

  const candidates = ranked
    .filter(({ id, confidence }) => !isSmallTalk(id) && confidence >= OFFERED.others)
    .slice(0, MOST_OFFERED);
  const [first] = candidates;
  if (!first || first.confidence < OFFERED.first) return { ...nothing, confidence: 1 - best.confidence };
  return {
    certainty: 'between',
    id: first.id,
    confidence: Math.min(first.confidence, SURE),
    candidates: candidates.map(({ id }) => id),
    also: [],
  };
}

/** Danger in words that no list foresaw, in the whole or in one passage: «mi abuelo se puso morado». */
function dangerIn({ whole, passages }: Reading, desk: Content): Understanding | null {
  const violence = idOfDanger('violence', desk);
  const emergency = idOfDanger('emergency', desk);
  const heard = [whole, ...passages].map((ranked, i) => {
    const found = ranked.filter(({ id }) => id === violence || id === emergency);
    const confidence = found.reduce((sum, one) => sum + one.confidence, 0);
    return { id: found[0]?.id ?? emergency, confidence, enough: i === 0 ? DANGER.whole : DANGER.passage };
  });
  const worst = heard.filter(({ confidence, enough }) => confidence >= enough)[0];
  return worst ? { ...sure(worst.id), confidence: worst.confidence } : null;
}

/** The two things a text clearly asks for, each in its own part; fewer when it does not. */
function severalIn(text: string, recognise: Recognise): Ranked[] {
  const { parts, joined } = requestsIn(text);
  if (parts.length < 2) return [];
  const clear = parts
    .flatMap((part) => recognise(part).slice(0, 1))
    .filter(({ id, confidence }) => !isSmallTalk(id) && confidence >= SECOND[joined]);
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

/** The id under which the catalogue holds a danger. */
export function idOfDanger(danger: Danger, desk: Content): string {
  const violence = desk.catalogue('es').find((entry) => entry.protected)?.id;
  return danger === 'violence' && violence ? violence : 'emergencia';
}

const nothing: Understanding = { certainty: 'unsure', id: NOTHING, confidence: 1, candidates: [], also: [] };

function sure(id: string): Understanding {
  return { certainty: 'sure', id, confidence: 1, candidates: [], also: [] };
}
