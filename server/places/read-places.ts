import { articleBefore, type Cue, cueBefore, cueKindOf } from './cues.ts';
import type { KnownColonia, KnownLandmark, KnownStreet } from './gazetteer.ts';
import { type HouseNumber, houseNumberAt } from './house-number.ts';
import { isAnswerByItself, isDate, isPerson, isSomethingElse } from './meant.ts';
import type { Mention, Names } from './names.ts';
import type { Word } from './words.ts';

interface Read {
  from: number;
  to: number;
  /** How sure it is that this place is meant, 0 to 1. */
  score: number;
}
export interface ReadColonia extends Read {
  kind: 'colonia';
  colonia: KnownColonia;
}
export interface ReadStreet extends Read {
  kind: 'street';
  street: KnownStreet;
  number: HouseNumber | null;
}
export interface ReadLandmark extends Read {
  kind: 'landmark';
  landmark: KnownLandmark;
  /** The words that say where beside it: «Frente al». */
  beside: string | null;
}
export interface ReadCorner extends Read {
  kind: 'corner';
  street: KnownStreet;
  cross: KnownStreet;
}
/** A street between two others, and the two alone: «entre Zaragoza y 5 de Mayo». */
export interface ReadBetween extends Read {
  kind: 'between';
  street: KnownStreet | null;
  number: HouseNumber | null;
  crosses: readonly [KnownStreet, KnownStreet];
}
export type Reading = ReadColonia | ReadStreet | ReadLandmark | ReadCorner | ReadBetween;

/** A mention with what stands around it. */
interface Seen extends Mention {
  cue: Cue | null;
  alone: boolean;
  number: HouseNumber | null;
}

const LINKS = new Set(
  'y e con esquina esq esquinas cruce crucero casi calle av avenida la el los las de a altura'.split(' '),
);
const LINKING = new Set('y e con esquina esq cruce crucero casi altura'.split(' '));

/** The places that words name, by what stands around each name. */
export function readPlaces(words: readonly Word[], names: Names): Reading[] {
  const mentions = names.mentionsIn(words);
  const seen = mentions.map((mention) => ({
    ...mention,
    cue: cueBefore(words, mention.from),
    alone: isAnswerByItself(words, mention, mentions),
    number: houseNumberAt(words, mention.to),
  }));
  const readings: Reading[] = [];
  for (let i = 0; i < seen.length; ) {
    const joined = readBetween(words, seen, i) ?? readCorner(words, seen, i);
    if (joined) {
      readings.push(joined.reading);
      i = joined.next;
      continue;
    }
    const mention = seen[i];
    const before = readings.at(-1);
    if (mention) readings.push(...readAlone(words, mention, before));
    i += 1;
  }
  return readings;
}

/** «A entre B y C», «entre B y C». */
function readBetween(
  words: readonly Word[],
  seen: readonly Seen[],
  at: number,
): { reading: Reading; next: number } | null {
  const start = isBetween(words, seen, at) ? at : at + 1;
  const [one, other] = [seen[start], seen[start + 1]];
  const first = one && streetOf(one);
  const second = other && streetOf(other);
  if (!one || !other || !first || !second || !isBetween(words, seen, start)) return null;
  const gap = words.slice(one.number?.to ?? one.to, other.from);
  if (!gap.some(({ plain }) => plain === 'y' || plain === 'e') || !gap.every(isLink)) return null;
  const main = start > at ? seen[at] : undefined;
  const street = main && streetOf(main);
  if (start > at && !street) return null;
  const score = Math.min(one.score, other.score, main?.score ?? 1);
  return {
    reading: {
      kind: 'between',
      from: main ? (main.cue?.from ?? main.from) : (one.cue?.from ?? one.from),
      to: other.to,
      score: (street ? 0.97 : 0.85) * score,
      street: street ?? null,
      number: main?.number ?? null,
      crosses: [first, second],
    },
    next: start + 2,
  };
}

/** Whether «entre» stands right before the mention, and right behind the one before it unless that is the first. */
function isBetween(words: readonly Word[], seen: readonly Seen[], at: number): boolean {
  const mention = seen[at];
  if (mention?.cue?.kind !== 'corner') return false;
  const said = words.slice(mention.cue.from, mention.from).some(({ plain }) => plain === 'entre' || plain === 'e');
  const before = seen[at - 1];
  return said && (!before || mention.cue.from >= (before.number?.to ?? before.to));
}

/** «A esquina con B», «cruce de A y B», «A y B». */
function readCorner(
  words: readonly Word[],
  seen: readonly Seen[],
  at: number,
): { reading: Reading; next: number } | null {
  const [one, other] = [seen[at], seen[at + 1]];
  const street = one && streetOf(one);
  const cross = other && streetOf(other);
  if (!one || !other || !street || !cross || street === cross) return null;
  const gap = words.slice(one.number?.to ?? one.to, other.from);
  const said = gap.map(({ plain }) => plain);
  if (!gap.every(isLink) || !said.some((word) => LINKING.has(word))) return null;
  const told =
    said.some((word) => word !== 'y' && word !== 'e' && LINKING.has(word) && word !== 'con') || one.number !== null;
  const after = words[other.to];
  const ends = !after || words[other.to - 1]?.endsClause || cueKindOf(after) !== undefined || /^\d/.test(after.plain);
  const cued = one.cue !== null && one.cue.kind !== 'person' && !isDate(words, one);
  if (!told && !one.alone && !(cued && !isSomethingElse(words, other)) && !ends) return null;
  if (one.cue?.kind === 'person') return null;
  return {
    reading: {
      kind: 'corner',
      from: one.cue?.from ?? one.from,
      to: other.number?.to ?? other.to,
      score: (told || cued || one.alone ? 0.97 : 0.8) * Math.min(one.score, other.score),
      street,
      cross,
    },
    next: at + 2,
  };
}

/** A name by itself: which of the places that bear it is meant, the likeliest first; none when none is. */
function readAlone(words: readonly Word[], mention: Seen, before: Reading | undefined): Reading[] {
  if (isDate(words, mention) && mention.cue?.kind !== 'street' && mention.cue?.kind !== 'colonia') return [];
  if (isPerson(words, mention) && !mention.alone) return [];
  const { cue, from, to } = mention;
  const span = { from: cue?.from ?? from, to };
  const follows = before !== undefined && before.kind !== 'colonia' && from - before.to <= 2;
  return mention.places
    .flatMap((place): Reading[] => {
      const score = sureness(words, mention, place.kind, place.ambiguous, follows) * mention.score;
      if (score === 0) return [];
      if (place.kind === 'colonia') return [{ kind: 'colonia', ...span, score, colonia: place }];
      if (place.kind === 'street') {
        const { number } = mention;
        return [{ kind: 'street', from: span.from, to: number?.to ?? to, score, street: place, number }];
      }
      const beside = cue?.kind === 'beside' ? saidBefore(words, cue.from, from) : null;
      return [{ kind: 'landmark', ...span, score, landmark: place, beside }];
    })
    .sort((a, b) => b.score - a.score);
}

/** How sure it is that a name is meant as a place of this kind, 0 to 1. */
function sureness(
  words: readonly Word[],
  mention: Seen,
  kind: Reading['kind'],
  ambiguous: boolean,
  follows: boolean,
): number {
  const { cue, alone, number, length, score } = mention;
  const article = articleBefore(words, mention.from);
  const careless = score < 0.9 && length === 1;
  const doubtful = ambiguous || careless || isSomethingElse(words, mention);
  if (kind === 'colonia') {
    if (cue?.kind === 'colonia') return 0.97;
    if (cue?.kind === 'street' || number) return 0;
    if (follows) return 0.9;
    if (alone) return article || !cue ? 0.85 : 0.7;
    if (cue && cue.kind !== 'person' && (!doubtful || (ambiguous && length > 1))) return article ? 0.75 : 0.65;
    return length > 1 && !ambiguous && !cue ? 0.55 : 0;
  }
  if (cue?.kind === 'colonia') return 0;
  if (kind === 'landmark') {
    if (cue?.kind === 'beside') return 0.93;
    if (alone) return 0.8;
    if (ambiguous || careless) return 0;
    if (cue && cue.kind !== 'street' && !isSomethingElse(words, mention)) return 0.85;
    return length > 1 && !cue ? 0.65 : 0;
  }
  if (cue?.kind === 'street') return number ? 0.98 : 0.88;
  if (number && !isSomethingElse(words, mention)) return alone || cue || length > 1 || score === 1 ? 0.92 : 0.6;
  if (alone && !follows) return article === 'el' || article === 'los' ? 0.4 : 0.72;
  if (doubtful || !cue || article === 'el' || article === 'los' || article === 'las') return 0;
  return cue.kind === 'of' ? 0 : 0.7;
}

function streetOf(mention: Mention): KnownStreet | undefined {
  return mention.places.find((place) => place.kind === 'street');
}

function isLink({ plain }: Word): boolean {
  return LINKS.has(plain);
}

function saidBefore(words: readonly Word[], from: number, to: number): string {
  return words
    .slice(from, to)
    .map(({ raw }) => raw.toLowerCase())
    .join(' ');
}
