import { articleBefore, cueBefore } from './cues.ts';
import type { KnownPlace } from './gazetteer.ts';
import { houseNumberAt } from './house-number.ts';
import { isAnswerByItself, isDate, isPerson, isSomethingElse } from './meant.ts';
import type { Mention, Names } from './names.ts';
import { readBetween, readCorner } from './read-corners.ts';
import { readUnknownStreets } from './read-unknown-streets.ts';
import type { Reading, Seen } from './reading.ts';
import type { Word } from './words.ts';

/** The places that words name, by what stands around each name. */
export function readPlaces(words: readonly Word[], names: Names): Reading[] {
  const mentions = names.mentionsIn(words);
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)));
  const seen = mentions.map((mention) => ({
    ...mention,
    cue: cueBefore(words, mention.from),
    alone: isAnswerByItself(words, mention, named),
    number: houseNumberAt(words, mention.to, named),
  }));
  const readings: Reading[] = [];
  for (let i = 0; i < seen.length; ) {
    const joined = readBetween(words, seen, i) ?? readCorner(words, seen, i);
    const mention = seen[i];
    if (joined) readings.push(joined.reading);
    else if (mention) readings.push(...readAlone(words, mention, readings.at(-1)));
    i = joined?.next ?? i + 1;
  }
  return [...readings, ...readUnknownStreets(words, named)];
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
      const score = sureness(words, mention, place, follows) * mention.score;
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
function sureness(words: readonly Word[], mention: Seen, place: KnownPlace, follows: boolean): number {
  if (place.kind === 'colonia') return surenessOfColonia(words, mention, place, follows);
  if (mention.cue?.kind === 'colonia') return 0;
  return place.kind === 'landmark'
    ? surenessOfLandmark(words, mention, place)
    : surenessOfStreet(words, mention, place, follows);
}

function surenessOfColonia(words: readonly Word[], mention: Seen, { ambiguous }: KnownPlace, follows: boolean): number {
  const { cue, alone, number, length, from } = mention;
  const article = articleBefore(words, from);
  if (cue?.kind === 'colonia') return 0.97;
  if (cue?.kind === 'street' || number) return 0;
  if (follows) return 0.9;
  if (alone) return article || !cue ? 0.85 : 0.7;
  if (isCareless(mention) || isSomethingElse(words, mention)) return 0;
  if (!cue) return length > 1 && !ambiguous ? 0.55 : 0;
  if (cue.kind === 'person' || (ambiguous && length === 1 && !article)) return 0;
  return article ? 0.75 : 0.65;
}

function surenessOfLandmark(words: readonly Word[], mention: Seen, { ambiguous }: KnownPlace): number {
  const { cue, alone, length } = mention;
  if (cue?.kind === 'beside') return 0.93;
  if (alone) return 0.8;
  if (ambiguous || isCareless(mention)) return 0;
  if (cue && cue.kind !== 'street' && !isSomethingElse(words, mention)) return 0.85;
  return length > 1 && !cue ? 0.65 : 0;
}

function surenessOfStreet(words: readonly Word[], mention: Seen, { ambiguous }: KnownPlace, follows: boolean): number {
  const { cue, alone, number, length, score, from } = mention;
  const article = articleBefore(words, from);
  if (cue?.kind === 'street') return number ? 0.98 : 0.88;
  if (number && !isSomethingElse(words, mention)) return alone || cue || length > 1 || score === 1 ? 0.92 : 0.6;
  // «vivo en Xalapa» is another city, «el Canal» a canal.
  const otherwise = (ambiguous && cue !== null && !article) || (article !== null && article !== 'la');
  if (otherwise || cue?.kind === 'of') return 0;
  if (alone && !follows) return 0.72;
  return !cue || ambiguous || isCareless(mention) || isSomethingElse(words, mention) ? 0 : 0.7;
}

/** A single word that is not quite written like the name may be another word. */
function isCareless({ score, length }: Mention): boolean {
  return score < 0.9 && length === 1;
}

function saidBefore(words: readonly Word[], from: number, to: number): string {
  return words
    .slice(from, to)
    .map(({ raw }) => raw.toLowerCase())
    .join(' ');
}
