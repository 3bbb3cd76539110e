import type { Locale } from '../../../server/contract/error-catalogue.ts';
import type { PublicCity } from '../../../server/contract/http.ts';
import type { FolioView } from '../../../server/contract/pages.ts';
import { type FolioWords, folioWords } from './folio-phrases.ts';
import { type Markup, markup } from './markup.ts';
import { inkOn, topBar } from './page-frame.ts';
import { publicCase } from './public-case.ts';

/**
 * The page `/folio` as a whole document. Its script only saves typing and reloading: it sends the same form with the
 * key behind the address's `#`, and puts the answer in the place of what was there.
 */
export function renderFolioPage(city: PublicCity, locale: Locale, view: FolioView): string {
  const words = folioWords(locale);
  const line = city.contactName;
  const title =
    view.state === 'found' ? words('titleFound', { folio: view.case.folio, line }) : words('title', { line });
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${title}</title>
<meta name="theme-color" content="${city.chat.color}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/resident.css">
<link rel="stylesheet" href="/folio.css">
<script type="module" src="/widget/folio.js"></script>
</head>
<body data-on-accent="${inkOn(city.chat.color)}">
${topBar(city, locale, '/folio', words('otherLanguage'))}
<main>
${view.state === 'found' ? publicCase(city, locale, words, view) : question(locale, words, view)}
</main>
</body>
</html>
`.html;
}

function question(locale: Locale, words: FolioWords, view: Exclude<FolioView, { state: 'found' }>): Markup {
  const key = view.state === 'refused' ? view.key : { folio: '', secret: '' };
  return markup`<h1 tabindex="-1">${words('ask')}</h1>
<p class="lead">${words('askHint')}</p>
${view.state === 'refused' ? problem(words, view.seconds) : null}
<form class="panel" method="post" action="/folio?lang=${locale}" data-swap>
  <label for="folio">${words('folio')}</label>
  <input id="folio" name="folio" value="${key.folio}" placeholder="VER-2026-000123" required maxlength="40"
    autocomplete="off" autocapitalize="characters" spellcheck="false">
  <label for="secret">${words('secret')}</label>
  <input id="secret" name="secret" value="${key.secret}" placeholder="K7QX-4M2P" required maxlength="40"
    autocomplete="off" autocapitalize="characters" spellcheck="false">
  <button type="submit" data-busy="${words('busy')}">${words('see')}</button>
  <p class="problem" role="alert" data-offline="${words('offline')}" hidden></p>
</form>
<p class="lead">${words('lost')} <a href="/?lang=${locale}#chat">${words('lostLink')}</a>.</p>`;
}

function problem(words: FolioWords, seconds: number | undefined): Markup {
  return markup`<p class="problem" role="alert">${seconds ? words('slowDown', { seconds }) : words('refused')}</p>`;
}
