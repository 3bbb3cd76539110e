import { attributionWords, quotingWords, toldByAPerson } from './languages/attribution-words.ts';
import { alternatives, bare, type Line } from './line.ts';

/** Words that announce a quote: lines `at` to `end`. */
export interface Attribution {
  end: number;
  /** True when they announce one beyond doubt, even where the quoted lines carry no mark. */
  sure: boolean;
}

const mostLines = 6;
const mostCharacters = 400;

const spaced = (word: string) =>
  /^[\p{L}\s()'’/.]+$/u.test(word) && !/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/.test(word);
const verbs = attributionWords.flatMap(({ verbs }) => verbs);
const verb = new RegExp(
  `(?:(?<![\\p{L}])${alternatives(verbs.filter(spaced))}(?!\\p{L})|${alternatives(verbs.filter((word) => !spaced(word)))})`,
  'iu',
);
const lead = new RegExp(`^${alternatives(attributionWords.flatMap(({ leads }) => leads))}(?=[\\s,:\\d])`, 'iu');
const leadWithoutSpace = /^[在于](?=\s*\d)/;
const dateFirst = /^(?:\p{L}{1,12}[.,]{0,2}\s+)?\d/u;
const quoting = new RegExp(`^${alternatives(quotingWords)}\\s.{1,120}[:：]$`, 'iu');

const day =
  /(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?<!\d)\d{1,2}(?:st|nd|rd|th|[.º])?\s*(?:de\s+)?\p{L}{3,}|\p{L}{3,}\.?\s+\d{1,2}(?!\d)|\d月|\d일/iu;
const time = /(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}\s?[ap]\.?\s?m\b|时|時/iu;
const address = /[^\s<>()[\]@,;:"]{1,64}@[^\s<>()[\]@,;:"]{2,}/u;
const endsWithAddress = /[<([]\s*(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]+?\s*[>)\]]\s*[:：]$/iu;
const endsWithColon = /[:：]$/;

/** The attribution that begins at this line, taking as few lines as make sense of it. */
export function attributionAt(lines: Line[], at: number): Attribution | null {
  if (quotesOnItsLine(lines[at])) return { end: at, sure: true };
  let text = '';
  let unsure: Attribution | null = null;
  for (let end = at; end < Math.min(lines.length, at + mostLines); end++) {
    const line = lines[end];
    const words = line ? wordsOf(line, text) : '';
    if (!words) break;
    text = text ? `${text} ${words}` : words;
    if (text.length > mostCharacters) break;
    const sure = announces(text, end - at + 1);
    if (sure) return { end, sure };
    if (sure === false) unsure ??= { end, sure };
  }
  return unsure;
}

/** The words of a line the person's program wrote; also of one that looks quoted because «<ana@example.com» broke. */
function wordsOf({ role, text }: Line, before: string): string {
  const words = bare(text).replace(/^[*_]+|[*_]+$/g, '');
  if (role === 'own') return words;
  return /<[^<>]{3,}$/.test(before) && /^>.{0,60}[:：]$/.test(words) ? words : '';
}

/** Some programs put what they quote on the very line that announces it. */
function quotesOnItsLine(line: Line | undefined): boolean {
  const start = line ? bare(line.text.slice(0, mostCharacters)) : '';
  const colon = /[>)\]]\s*[^:：]{0,40}[:：](?=\s+\S)/u.exec(start);
  const head = colon ? start.slice(0, colon.index + colon[0].length) : '';
  return head !== '' && verb.test(head) && announces(head, 1) === true;
}

/** Whether these words announce a quote: surely, perhaps (false), or not at all (null). */
function announces(text: string, lineCount: number): boolean | null {
  if (!/\d|[:：]$/.test(text)) return null;
  const closed = endsWithColon.test(text);
  const opened = lead.test(text) || dateFirst.test(text) || leadWithoutSpace.test(text);
  const dated = day.test(text);
  const spoken = verb.test(text);
  const addressed = address.test(text);
  if (opened && dated && spoken && spokenAtItsEnd(text)) {
    if (!closed) return false;
    return addressed || (time.test(text) && !toldByAPerson.test(text));
  }
  if (opened && dated && endsWithAddress.test(text)) return true;
  if (opened && dated && addressed && lineCount === 1 && /[>)\]]:?$/.test(text) && text.length < 160) return false;
  if (addressed && dated && spoken && closed && /^[^.!?]{0,60}?[\s<([]?[^\s<>@]+@/u.test(text)) return true;
  if (lineCount > 1 || text.length > 160 || !closed) return null;
  return spokenAtItsEnd(text) || quoting.test(text) ? false : null;
}

/** The verb stands near the end: what follows it is at most a name, an address and a date. */
function spokenAtItsEnd(text: string): boolean {
  const found = verb.exec(text);
  return found !== null && text.length - found.index - found[0].length <= 120;
}
