import type { Desk, KnownCase } from '../../server/contract/bot.ts';
import { isCaseOpen } from '../../server/contract/case-status.ts';
import type { Hint, HintRequest } from '../../server/contract/hint.ts';
import { MOST_ARTICLES } from '../../server/contract/suggestion.ts';
import { languageAfter } from '../dialogs/follow-language.ts';
import { findFolio } from '../dialogs/hearing/folio.ts';
import { asksHowLong, looksLikeQuestion } from '../dialogs/hearing/question.ts';
import { isNotSolved } from '../dialogs/hearing/wishes.ts';
import { tellStatus } from '../dialogs/status/tell-status.ts';
import type { Advice } from '../language-model/advice.ts';
import { asksForPerson } from '../understanding/asks-for-person.ts';
import { dangerOf } from '../understanding/danger-ids.ts';
import { findDanger } from '../understanding/find-danger.ts';
import { isSmallTalk } from '../understanding/small-talk.ts';
import type { Understand, Understanding } from '../understanding/understand.ts';

const FOLIO_STATUS = 'estatus-folio';
const PERSON = 'hablar-persona';
const NOTHING = 'ninguno';

/**
 * What would help a person to answer what was said to them: the bot's own judgement, without its voice.
 * @param advice of a language model, for the one article that is surely meant; null: none is asked
 */
export async function hintFor(
  request: HintRequest,
  desk: Desk,
  understand: Understand,
  advice: Advice | null,
): Promise<Hint> {
  const text = request.said.join('\n');
  const locale = languageAfter(text, request.locale);
  const meanings = await meaningsOf(request, text, desk, understand);
  if (findDanger(text, desk.danger) !== null || meanings.some((each) => mayBeDanger(each, desk))) {
    return { danger: true, locale, about: [], status: null, wording: null };
  }
  const about = aboutOf(meanings[0]);
  const status = await statusOf(request, text, locale, about[0]?.id ?? null, desk);
  const sure = status === null ? about.find(({ certainty }) => certainty === 'sure') : undefined;
  const wording = sure && advice ? await wordingOf(sure.id, text, locale, desk, advice) : null;
  return { danger: false, locale, about, status, wording };
}

/** What a text is about; null when that is in doubt, or it may be danger. */
export async function aboutOne(text: string, desk: Desk, understand: Understand): Promise<string | null> {
  const meaning = await understand(text, desk);
  const isClear = meaning.certainty === 'sure' && meaning.id !== NOTHING && !mayBeDanger(meaning, desk);
  return isClear ? meaning.id : null;
}

/**
 * All that was said since a person last answered; where that is of nothing certain, its last line by itself; where
 * neither says anything («sí, en la colonia Centro»), together with what came before, which is never sure.
 */
async function meaningsOf(
  { before, said }: HintRequest,
  text: string,
  desk: Desk,
  understand: Understand,
): Promise<Understanding[]> {
  const wishes = said.filter((line) => !asksForPerson(line));
  const whole = await understand(wishes.length > 0 ? wishes.join('\n') : text, desk);
  if (isAboutSomething(whole) && whole.certainty === 'sure') return [whole];
  const last = await understand(said.at(-1) ?? '', desk);
  const heard = [last, whole].filter(isAboutSomething).sort(bySureness);
  if (heard[0]?.certainty === 'sure') return heard;
  const together = before.length > 0 ? await understand([...before, ...wishes].join('\n'), desk) : null;
  if (together?.certainty === 'sure' && isAboutSomething(together)) return [perhaps(together), ...heard];
  return [...heard, last, whole];
}

const perhaps = (meaning: Understanding): Understanding => ({
  ...meaning,
  certainty: 'between',
  candidates: [meaning.id, ...meaning.also],
});

const isAboutSomething = ({ certainty, id }: Understanding): boolean =>
  certainty !== 'unsure' && !isSmallTalk(id) && id !== PERSON;

const bySureness = (a: Understanding, b: Understanding): number =>
  Number(b.certainty === 'sure') - Number(a.certainty === 'sure');

function mayBeDanger({ id, also, candidates }: Understanding, desk: Desk): boolean {
  return [id, ...also, ...candidates].some((each) => dangerOf(each, desk) !== null);
}

function aboutOf(meaning: Understanding | undefined): Hint['about'] {
  if (!meaning || meaning.certainty === 'unsure') return [];
  const { id, also, candidates } = meaning;
  const certainty = meaning.certainty === 'sure' ? 'sure' : 'maybe';
  const ids = certainty === 'sure' ? [id, ...also] : candidates.length > 0 ? candidates : [id, ...also];
  return ids
    .filter((each) => each !== NOTHING && each !== PERSON && (certainty === 'sure' || !isSmallTalk(each)))
    .slice(0, MOST_ARTICLES)
    .map((each) => ({ id: each, certainty }));
}

/** The case they ask about: by its folio, or the newest that is open of what they ask about. */
async function statusOf(
  { asker, channel, now }: HintRequest,
  text: string,
  locale: Hint['locale'],
  about: string | null,
  desk: Desk,
): Promise<Hint['status']> {
  const folio = findFolio(text, desk.folioPrefix, now.getFullYear());
  const found = folio
    ? await desk.cases.find(asker, folio, null, locale)
    : asksAboutCase(text, about)
      ? theOne(await desk.cases.mine(asker, locale), about)
      : null;
  if (!found) return null;
  const [told] = tellStatus({ desk, locale, channel, now }, found);
  return told?.type === 'text' ? { folio: found.folio, title: found.title, text: told.text } : null;
}

function asksAboutCase(text: string, about: string | null): boolean {
  if (about === null) return false;
  return about === FOLIO_STATUS || looksLikeQuestion(text) || asksHowLong(text) || isNotSolved(text);
}

function theOne(mine: readonly KnownCase[], about: string | null): KnownCase | null {
  const open = mine.filter(({ status }) => isCaseOpen(status));
  if (about === FOLIO_STATUS) return open[0] ?? mine[0] ?? null;
  return open.find(({ serviceId }) => serviceId === about) ?? null;
}

async function wordingOf(
  id: string,
  question: string,
  locale: Hint['locale'],
  desk: Desk,
  advice: Advice,
): Promise<Hint['wording']> {
  const article = await desk.answer(id, locale);
  const text = article === null ? null : await advice.wording(article, question, locale);
  const model = advice.shaped.findLast(({ used }) => used)?.model;
  return text !== null && model !== undefined ? { id, text, model } : null;
}
