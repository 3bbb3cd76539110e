import { type AlikeWords, alikeWords } from './alike.ts';
import type { Gazetteer, KnownPlace } from './gazetteer.ts';
import { type Word, wordsOf } from './words.ts';

/** Words that come and go inside names: «Lomas Río Medio». */
const JOINTS = new Set('de del la las el los y'.split(' '));

/** Two spellings that differ by no more than this are as good as each other. */
const AS_GOOD = 0.05;

/** Words of a text that name places: `from` up to, not including, `to`. */
export interface Mention {
  from: number;
  to: number;
  /** All that bear this name. */
  places: KnownPlace[];
  /** How well it is written, 0 to 1. */
  score: number;
  /** Words of the name, joints apart. */
  length: number;
  /** The name begins with this article: «Los Pinos». */
  article: string | null;
}

interface Variant {
  place: KnownPlace;
  words: readonly string[];
  article: string | null;
}

export interface Names {
  /** Every mention, the longest and best written first; none overlaps another. */
  mentionsIn(words: readonly Word[]): Mention[];
}

/** @param ordinary words people use anyway */
export function indexNames({ colonias, streets, landmarks }: Gazetteer, ordinary: ReadonlySet<string>): Names {
  const variants = [...colonias, ...streets, ...landmarks].flatMap(variantsOf);
  const sounds = new Map<string, string>();
  const byFirst = new Map<string, Variant[]>();
  for (const variant of variants) {
    for (const word of variant.words) sounds.set(word, wordsOf(word)[0]?.sound ?? word);
    const [first = ''] = variant.words;
    byFirst.set(first, [...(byFirst.get(first) ?? []), variant]);
  }
  const alike = alikeWords(sounds, ordinary);

  return {
    mentionsIn(words) {
      const likes = words.map((word) => alike(word));
      const mentions = words.flatMap((_, from) =>
        [...(likes[from] ?? [])].flatMap(([first]) =>
          (byFirst.get(first) ?? []).flatMap((variant) => mentionAt(variant, from, words, likes) ?? []),
        ),
      );
      return withoutOverlaps(mentions);
    },
  };
}

function variantsOf(place: KnownPlace): Variant[] {
  return [place.name, ...place.aliases].flatMap((name) => {
    const all = wordsOf(name).map(({ plain }) => plain);
    const words = all.filter((word) => !JOINTS.has(word));
    const article = all.length > words.length && JOINTS.has(all[0] ?? '') ? (all[0] ?? null) : null;
    if (words.length === 0) return [];
    const joined = all.join('');
    const together = words.length > 1 && !/\d/.test(joined) ? [{ place, words: [joined], article: null }] : [];
    return [{ place, words, article }, ...together];
  });
}

function mentionAt(
  { place, words: name, article }: Variant,
  from: number,
  words: readonly Word[],
  likes: readonly ReturnType<AlikeWords>[],
): Mention | null {
  let at = from;
  let sum = 0;
  for (const [i, part] of name.entries()) {
    if (i > 0) {
      if (words[at - 1]?.endsClause) return null;
      while (JOINTS.has(words[at]?.plain ?? '') && !words[at]?.endsClause) at += 1;
    }
    const score = likes[at]?.get(part);
    if (score === undefined) return null;
    sum += score;
    at += 1;
  }
  return { from, to: at, places: [place], score: sum / name.length, length: name.length, article };
}

function withoutOverlaps(mentions: Mention[]): Mention[] {
  const kept: Mention[] = [];
  for (const mention of mentions.sort((a, b) => b.to - b.from - (a.to - a.from) || b.score - a.score)) {
    const same = kept.find(({ from, to }) => from === mention.from && to === mention.to);
    if (same) {
      const news = mention.places.filter((place) => !same.places.includes(place));
      if (mention.score >= same.score - AS_GOOD) same.places.push(...news);
    } else if (!kept.some(({ from, to }) => mention.from < to && from < mention.to)) {
      kept.push({ ...mention, places: [...mention.places] });
    }
  }
  return kept.sort((a, b) => a.from - b.from);
}
