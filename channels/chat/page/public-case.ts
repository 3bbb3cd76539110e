import type { PublicCase } from '../../../server/contract/case.ts';
import { isCaseOpen } from '../../../server/contract/case-status.ts';
import type { Locale } from '../../../server/contract/error-catalogue.ts';
import type { PublicCity } from '../../../server/contract/http.ts';
import type { FolioKey, FolioView } from '../../../server/contract/pages.ts';
import { dayOf, daysLeftWords, daysUntil, dayWords, momentWords, statusWords } from '../widget/locales/case-words.ts';
import { caseSteps } from './case-steps.ts';
import { drawing } from './drawings.ts';
import type { FolioWords } from './folio-phrases.ts';
import { type Markup, markup } from './markup.ts';

/** A case as whoever has its key sees it. */
export function publicCase(
  city: PublicCity,
  locale: Locale,
  words: FolioWords,
  view: Extract<FolioView, { state: 'found' }>,
): Markup {
  const found = view.case;
  return markup`<p class="over">${found.service[locale]}</p>
<h1 class="number" tabindex="-1">${found.folio}</h1>
${view.after === 'reopened' ? markup`<p class="thanks" role="status">${words('justReopened', { department: found.department })}</p>` : null}
${standing(city, locale, words, found)}
<dl class="panel facts">
  ${promise(city, locale, words, found, view.now)}
  <div><dt>${words('department')}</dt><dd>${found.department}</dd></div>
  ${place(words, found)}
  ${found.description ? markup`<div><dt>${words('described')}</dt><dd class="said">${found.description}</dd></div>` : null}
  ${found.answers.map(({ question, shown }) => markup`<div><dt>${question[locale]}</dt><dd class="said">${shown[locale]}</dd></div>`)}
  ${followers(words, found.followers)}
</dl>
${story(city, locale, words, found)}
${actions(locale, words, view)}`;
}

/** Where it stands: on the way as four steps, or how it ended otherwise. */
function standing(city: PublicCity, locale: Locale, words: FolioWords, found: PublicCase): Markup {
  const { status, owner, reason } = found;
  if (status === 'not_ours') return ending(owner ? words('notOurs', { owner }) : words('notOursUnknown'));
  if (status === 'rejected') return ending(reason ? words('rejected', { reason }) : words('rejectedUnknown'));
  const aside = status === 'waiting_citizen' ? words('waiting') : status === 'reopened' ? words('reopened') : null;
  return markup`${caseSteps(city, locale, words, found)}
${aside ? markup`<p class="aside" data-status="${status}"><strong>${statusWords(status, locale)}.</strong> ${aside}</p>` : null}`;
}

function ending(text: string): Markup {
  return markup`<p class="aside">${text}</p>`;
}

function promise(city: PublicCity, locale: Locale, words: FolioWords, found: PublicCase, now: Date): Markup {
  const { status, closedAt, promisedFor, workingDays } = found;
  if (!isCaseOpen(status)) {
    const day = closedAt ? dayWords(dayOf(closedAt, city.timeZone), locale, now) : '';
    return markup`${status === 'solved' && closedAt ? markup`<div><dt>${statusWords(status, locale)}</dt><dd>${words('solved', { day })}</dd></div>` : null}`;
  }
  const days = daysUntil(promisedFor, city.timeZone, now);
  return markup`<div><dt>${words('promise')}</dt>
    <dd>${words('promiseDay', { day: dayWords(promisedFor, locale, now) })}
      <span class="left" data-late="${String(days < 0)}">${daysLeftWords(days, locale)} · ${words(workingDays === 1 ? 'promiseTermOne' : 'promiseTerm', { days: workingDays })}</span>
      ${days < 0 ? markup`<span>${words('late')}</span>` : null}</dd></div>`;
}

function place(words: FolioWords, { where, point }: PublicCase): Markup | null {
  if (!where && !point) return null;
  const map = point
    ? markup`<div class="map" data-latitude="${point.latitude}" data-longitude="${point.longitude}"
        data-label="${words('mapLabel')}" data-failed="${words('mapFailed')}" hidden><button type="button">${words('showMap')}</button></div>`
    : null;
  return markup`<div><dt>${words('where')}</dt><dd>${where ?? ''}${map}</dd></div>`;
}

function followers(words: FolioWords, count: number): Markup | null {
  if (count === 0) return null;
  return markup`<div><dd class="quiet">${count === 1 ? words('oneFollower') : words('followers', { count })}</dd></div>`;
}

function story(city: PublicCity, locale: Locale, words: FolioWords, found: PublicCase): Markup {
  const lines = found.story.map(
    ({ at, status, text }) => markup`<li><time datetime="${at}">${momentWords(at, locale, city.timeZone)}</time>
  ${status ? markup`<strong>${statusWords(status, locale)}</strong>` : null}${text ? markup`<p>${text}</p>` : null}</li>`,
  );
  return markup`<section aria-labelledby="story"><h2 id="story">${words('story')}</h2><ol class="story">${lines}</ol></section>`;
}

function actions(locale: Locale, words: FolioWords, view: Extract<FolioView, { state: 'found' }>): Markup {
  return markup`${view.case.mayReopen ? reopen(locale, words, view.key, view.after === 'empty') : null}
<div class="actions">
  <a class="action" href="/?lang=${locale}#chat">${drawing('write')} ${words('write')}</a>
  <button type="button" class="action" data-share hidden>${words('share')}</button>
  <button type="button" class="action" data-copy hidden data-copied="${words('copied')}" data-not-copied="${words('notCopied')}">${words('copy')}</button>
  <a class="action" href="/folio?lang=${locale}" data-another>${words('another')}</a>
</div>
<p class="quiet" role="status" data-told></p>
<p class="quiet">${words('private')}</p>`;
}

function reopen(locale: Locale, words: FolioWords, { folio, secret }: FolioKey, isEmpty: boolean): Markup {
  return markup`<details class="panel reopen"${isEmpty ? markup` open` : null}>
  <summary>${words('reopen')}</summary>
  <form method="post" action="/folio/reopen?lang=${locale}" data-swap>
    <p>${words('reopenHint')}</p>
    <input type="hidden" name="folio" value="${folio}"><input type="hidden" name="secret" value="${secret}">
    <label for="text">${words('reopenText')}</label>
    <textarea id="text" name="text" rows="3" required maxlength="2000"></textarea>
    ${isEmpty ? markup`<p class="problem" role="alert">${words('reopenEmpty')}</p>` : null}
    <button type="submit" data-busy="${words('busy')}">${words('reopenSend')}</button>
    <p class="problem" role="alert" data-offline="${words('offline')}" hidden></p>
  </form>
</details>`;
}
