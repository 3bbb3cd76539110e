import { type HeaderLabel, headerLabels } from './languages/header-labels.ts';
import { alternatives, bare, type Line } from './line.ts';

const kinds = new Map<string, HeaderLabel>();
for (const kind of Object.keys(headerLabels) as HeaderLabel[]) {
  // A word in two lists («Da», «Data») counts as the first.
  for (const word of headerLabels[kind]) if (!kinds.has(word.toLowerCase())) kinds.set(word.toLowerCase(), kind);
}
const everyLabel = new RegExp(
  `(?:^|\\s)[*_]{0,2}(${alternatives(Object.values(headerLabels).flat())})[*_]{0,2}\\s?[:：]`,
  'giu',
);

/**
 * The block «De: … Enviado: … Para: … Asunto: …» that begins at this line: the index of its last line, or null. Three
 * different headers make one, the sender and the date or the subject among them; a divider above it makes two enough.
 */
export function headerBlockEnd(lines: Line[], at: number, afterDivider = false): number | null {
  const first = lines[at];
  if (!first || kindsIn(first).length === 0) return null;
  const found = new Set<HeaderLabel>();
  let end = at;
  let misses = 0;
  for (let next = at; next < Math.min(lines.length, at + 40); next++) {
    const line = lines[next];
    if (line?.role !== 'own') break;
    const here = kindsIn(line);
    if (here.length > 0) {
      for (const kind of here) found.add(kind);
      end = next;
      misses = 0;
    } else if (++misses > (found.has('subject') ? 1 : 3)) {
      break;
    }
  }
  const enough = afterDivider ? 2 : 3;
  const complete = found.has('from') && (found.has('date') || found.has('subject')) && found.size >= enough;
  return complete ? end : null;
}

const known = new WeakMap<Line, HeaderLabel[]>();

function kindsIn(line: Line): HeaderLabel[] {
  const found = known.get(line) ?? readKinds(line);
  known.set(line, found);
  return found;
}

/** The headers that a line begins with; several when a program has put the whole block on one line. */
function readKinds({ text }: Line): HeaderLabel[] {
  const words = bare(text.slice(0, 1_000));
  const label = /^[\s*_|]*([^:：*]{1,24}?)[\s*_]*[:：]/u.exec(words)?.[1];
  const first = label === undefined ? undefined : kinds.get(label.trim().toLowerCase());
  if (!first) return [];
  if (words.split(/[:：]/).length < 4) return [first];
  const all = [...words.matchAll(everyLabel)].flatMap(([, word = '']) => kinds.get(word.toLowerCase()) ?? []);
  return all.length >= 3 ? all : [first];
}
