import { capitalised, type WordList } from './word-list.ts';

const MOST = 5;
/** Letters that people take for one another, beside the mistakes that the dictionary lists. */
const SOUNDS_ALIKE: readonly string[] = ['aá', 'eé', 'ií', 'oó', 'uúü', 'nñ', 'bv', 'scz', 'gj', 'mn', 'ckq'];
/** So many of them at once: «desicion» has three. */
const AT_ONCE = 3;
/** Asking for one word must not take longer than a blink. */
const MOST_TRIED = 6_000;

/** What was probably meant by a word that is wrong, the likeliest first. */
export function propose(word: string, list: WordList): string[] {
  const lower = word.toLowerCase();
  const found = new Set<string>();
  const isEnough = () => found.size >= MOST;
  /** @returns whether it is time to stop */
  const take = (candidate: string): boolean => {
    if (candidate !== word && candidate !== '' && candidate.split(' ').every(list.isRight)) found.add(candidate);
    return isEnough();
  };

  const ways: ((word: string, list: WordList) => Iterable<string>)[] = [
    (each) => [capitalised(each)],
    soundsAlike,
    mistaken,
    namesLike,
    oneSlip,
    apart,
    slipAndAccent,
  ];
  for (const way of ways) {
    for (const candidate of way(lower, list)) if (take(candidate)) break;
    if (isEnough()) break;
    // What is nearer is meant: who misses an accent did not slip as well.
    if (found.size > 0 && way === oneSlip) break;
  }
  return [...found].map((each) => inCaseOf(word, each));
}

function inCaseOf(word: string, proposal: string): string {
  if (word.length > 1 && word === word.toUpperCase()) return proposal.toUpperCase();
  return word === capitalised(word) && word !== word.toLowerCase() ? capitalised(proposal) : proposal;
}

/** One letter for another that sounds or looks like it, then two, then three; an h more or less. */
function* soundsAlike(word: string): Iterable<string> {
  let level = new Set([word]);
  const seen = new Set(level);
  for (let changes = 0; changes < AT_ONCE; changes += 1) {
    const next = new Set<string>();
    for (const each of level) {
      for (const candidate of changedOnce(each)) {
        if (seen.size > MOST_TRIED || seen.has(candidate)) continue;
        seen.add(candidate);
        next.add(candidate);
        yield candidate;
      }
    }
    level = next;
  }
}

function* changedOnce(word: string): Iterable<string> {
  for (let at = 0; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    for (const alike of SOUNDS_ALIKE) {
      if (!alike.includes(letter)) continue;
      for (const other of alike) if (other !== letter) yield word.slice(0, at) + other + word.slice(at + 1);
    }
    if (letter === 'h') yield word.slice(0, at) + word.slice(at + 1);
    if ('aeiouáéíóú'.includes(letter)) yield `${word.slice(0, at)}h${word.slice(at)}`;
  }
}

function* mistaken(word: string, { rules }: WordList): Iterable<string> {
  for (const [wrong, right] of rules.mistakes) {
    for (let at = word.indexOf(wrong); at >= 0; at = word.indexOf(wrong, at + 1)) {
      yield word.slice(0, at) + right + word.slice(at + wrong.length);
    }
  }
}

/** Names of the city that differ in little: accents, capitals, a letter. */
function* namesLike(word: string, { known }: WordList): Iterable<string> {
  const wanted = folded(word);
  for (const name of known) {
    const other = folded(name);
    if (Math.abs(other.length - wanted.length) <= 1 && isNear(wanted, other)) yield name;
  }
}

const folded = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** The same but for one letter more, less or otherwise; short words must be the same. */
function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length < 5) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

/** Two letters in the wrong order, one too many, one wrong, one missing. */
function* oneSlip(word: string, { rules }: WordList): Iterable<string> {
  for (let at = 0; at < word.length - 1; at += 1) {
    yield `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
  }
  for (let at = 0; at < word.length; at += 1) yield word.slice(0, at) + word.slice(at + 1);
  for (const letter of rules.letters) {
    for (let at = 0; at <= word.length; at += 1) {
      yield word.slice(0, at) + letter + word.slice(at);
      if (at < word.length) yield word.slice(0, at) + letter + word.slice(at + 1);
    }
  }
}

/** «porfavor». */
function* apart(word: string): Iterable<string> {
  for (let at = 1; at < word.length; at += 1) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    if ([left, right].every((part) => part.length > 1 || /^[aeouy]$/.test(part))) yield `${left} ${right}`;
  }
}

function* slipAndAccent(word: string, list: WordList): Iterable<string> {
  let tried = 0;
  for (const slip of oneSlip(word, list)) {
    for (const candidate of changedOnce(slip)) {
      tried += 1;
      if (tried > MOST_TRIED) return;
      yield candidate;
    }
  }
}
