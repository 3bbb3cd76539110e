import { fold, wordsOf } from '../understanding/normalise.ts';
import { stemOf } from '../understanding/stem.ts';

/**
 * Whether a sentence says nothing that its source does not say. A model may shorten a sentence and bend its grammar; it
 * may add no word that means anything, drop none that limits what is said, and keep all in the same order: of
 * «efectivo en caja, tarjeta en línea» no other order is the same.
 *
 * Strict on purpose. What is refused costs a nicer wording; what slips through costs somebody a trip for nothing.
 */
export function isFaithful(sentence: string, source: string): boolean {
  const said = tokensOf(sentence);
  const meant = tokensOf(source);
  if (said.every(({ empty }) => empty)) return false;
  if (limitsOf(said) !== limitsOf(meant)) return false;
  return isSubsequence(stemsOf(said), stemsOf(meant));
}

/** The parts of an article that can be told alone: its lines, and the sentences of longer ones. */
export function sentencesOf(article: string): string[] {
  return article
    .split('\n')
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=[\p{Lu}¿¡])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

interface Token {
  stem: string;
  /** Carries no meaning of its own. */
  empty: boolean;
  /** Says where what is said ends. */
  limit: boolean;
}

/** Words that turn a sentence around or bound it: as many must be there as in the source. */
const limiting =
  words(`no ni nunca jamas sin tampoco nadie ningun ninguna ninguno nada solo solamente unicamente excepto
  salvo menos mas si hasta antes despues desde maximo minimo casi apenas siempre todo todos toda todas cada
  not never without neither nor nobody none only except unless less more if until before after since most least always
  all every dont doesnt cant cannot wont isnt arent`);

/** Words a sentence needs for its grammar, and courtesy. */
const empty =
  words(`el la los las lo un una unos unas al del de a en con por para y e o u que se su sus tu tus te le les
  me nos es son esta estan hay ha han ser estar como donde cuando cual cuales este esta esto ese esa eso aqui ahi
  tambien asi pues entonces claro hola ya
  the a an of to in on at by for and or that this these those it its is are be was were you your we our there here
  also so then hello as with from`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}

function tokensOf(text: string): Token[] {
  // What stands together stays together: 10:30, $1,200.50, veracruz.gob.mx, 079-1.
  const joined = text.replace(/(?<=[\p{L}\d])[.,:/@-](?=[\p{L}\d])/gu, 'ZZ');
  return wordsOf(joined).map((word) => ({
    stem: /\d|zz/.test(word) ? word : stemOf(fold(word)),
    empty: empty.has(word),
    limit: limiting.has(word),
  }));
}

const limitsOf = (tokens: readonly Token[]): string =>
  tokens
    .filter(({ limit }) => limit)
    .map(({ stem }) => stem)
    .sort()
    .join(' ');

const stemsOf = (tokens: readonly Token[]): string[] => tokens.filter((token) => !token.empty).map(({ stem }) => stem);

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const stem of whole) if (stem === part[at]) at += 1;
  return at === part.length;
}
