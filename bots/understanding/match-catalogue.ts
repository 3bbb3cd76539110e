import type { CatalogueEntry } from '../../server/contract/bot.ts';
import { fold, wordsOf } from './normalise.ts';
import { resembles } from './resembles.ts';

/** `certain`: the text says this title and little else. `possible`: what it could be, best first. */
export interface CatalogueMatch {
  certain: CatalogueEntry | null;
  possible: CatalogueEntry[];
}

const SHORTEST_MISSPELT = 6;
/** More words than this beside a title, and the text is about something else as well. */
const OTHER_WORDS = 6;
const MOST_POSSIBLE = 6;

const empty = new Set(
  wordsOf(`
    a al ante con de del desde el ella en es esa ese esta estan este esto ha hace hacer hago hay la las le lo los me mi
    mis muy ni nos o para pero por porque que se si sin sobre son su sus te tengo tiene tu un una uno unos y ya yo
    como cual cuando cuanto donde quien quiero quisiera necesito ocupo puedo pueden saber ver dar sacar pedir tramitar
    reportar reporte reporto levantar informacion info favor porfa hola buenas buenos dias tardes noches gracias
    an and are at can do for have how i in is it my of on or please report tell the there this to want what when where
    which who with you hello hi get information about`).map(stemOf),
);

/** Finds the entries whose title or id a text says, by the words that carry meaning. */
export function matchCatalogue(text: string, entries: readonly CatalogueEntry[]): CatalogueMatch {
  const said = meaningful(text);
  if (said.size === 0) return { certain: null, possible: [] };
  const ranked = entries
    .map((entry) => ({ entry, score: Math.max(...namesOf(entry).map((name) => scoreOf(said, name))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, next] = ranked;
  const certain = best && best.score > 0.5 && best.score > (next?.score ?? 0) ? best.entry : null;
  return { certain, possible: ranked.slice(0, MOST_POSSIBLE).map(({ entry }) => entry) };
}

/** Above 1: the whole title was said, the longer the better. Below: that share of it and nothing else. */
function scoreOf(said: ReadonlySet<string>, title: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of title) if (says(said, word)) shared += 1;
  if (shared === title.size) return said.size - shared <= OTHER_WORDS ? 1 + shared : 0;
  return shared === said.size ? shared / title.size : 0;
}

function says(said: ReadonlySet<string>, word: string): boolean {
  if (said.has(word)) return true;
  for (const other of said) if (resembles(word, other, SHORTEST_MISSPELT)) return true;
  return false;
}

const names = new WeakMap<CatalogueEntry, ReadonlySet<string>[]>();

/** The words of its title and of its id: the catalogue is the same from start to stop, so they are taken apart once. */
function namesOf(entry: CatalogueEntry): ReadonlySet<string>[] {
  const known = names.get(entry);
  if (known) return known;
  // What stands in brackets says who is in charge, not what it is about.
  const taken = [entry.title.replace(/\(.*?\)/g, ''), entry.id.replaceAll('-', ' ')].map(meaningful);
  names.set(entry, taken);
  return taken;
}

function meaningful(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .map(stemOf)
      .filter((stem) => !empty.has(stem)),
  );
}

/** One form for singular and plural. */
function stemOf(word: string): string {
  const folded = fold(word);
  return folded.length > 4 ? folded.replace(/e?s?$/, '') : folded;
}
