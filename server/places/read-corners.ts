import { cueKindOf } from './cues.ts';
import type { KnownStreet } from './gazetteer.ts';
import { isDate, isSomethingElse } from './meant.ts';
import type { Mention } from './names.ts';
import type { ReadBetween, ReadCorner, Seen } from './reading.ts';
import type { Word } from './words.ts';

const LINKS = new Set(
  'y e con esquina esq esquinas cruce crucero casi calle av avenida la el los las de a altura llegando'.split(' '),
);
const LINKING = new Set('y e con esquina esq cruce crucero casi altura llegando'.split(' '));

/** What was read from several mentions, and the first mention behind it. */
interface Joined<R> {
  reading: R;
  next: number;
}

/** «A entre B y C», «entre B y C». */
export function readBetween(words: readonly Word[], seen: readonly Seen[], at: number): Joined<ReadBetween> | null {
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
export function readCorner(words: readonly Word[], seen: readonly Seen[], at: number): Joined<ReadCorner> | null {
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

function streetOf(mention: Mention): KnownStreet | undefined {
  return mention.places.find((place) => place.kind === 'street');
}

function isLink({ plain }: Word): boolean {
  return LINKS.has(plain);
}
