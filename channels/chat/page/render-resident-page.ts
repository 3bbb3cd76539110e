import markdownIt from 'markdown-it';
import { mix } from '../../../server/contract/contrast.ts';
import type { Locale } from '../../../server/contract/error-catalogue.ts';
import type { PublicCity } from '../../../server/contract/http.ts';
import { openingTime } from '../widget/locales/times.ts';
import { accentFill, drawing, heroFill, shield } from './drawings.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { inkOn } from './page-frame.ts';
import { type PageWords, pageWords } from './resident-phrases.ts';

const markdown = markdownIt({ html: false });

/** The page `/` as a whole document. Asks for `/resident.css` and `/widget.js`, and for nothing else. */
export function renderResidentPage(
  city: PublicCity,
  locale: Locale,
  { withPhones }: { withPhones: boolean } = { withPhones: false },
): string {
  const words = pageWords(locale);
  const { color } = city.chat;
  const other = locale === 'es' ? 'en' : 'es';
  const page = markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${words('title', { line: city.contactName, city: city.name })}</title>
<meta name="description" content="${words('description', { city: city.name })}">
<meta name="theme-color" content="${color}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/resident.css">
<script src="/widget.js" data-locale="${locale}" defer></script>
</head>
<body data-on-accent="${inkOn(color)}">
<header class="hero">
${heroFill(color)}
<div class="bar">
  <span class="name">${shield(city.name)} ${city.contactName}</span>
  <a class="language" href="/?lang=${other}" hreflang="${other}" lang="${other}">${words('otherLanguage')}</a>
</div>
<h1>${words('sentence')}</h1>
<p class="hours" data-open="${String(city.open)}">${hours(city, locale, words)}</p>
</header>
<main>
${ways(city, locale, words)}
${frequent(city, locale, words)}
${emergency(city, locale, words)}
</main>
<footer>
<noscript><p>${words('noScript')}</p></noscript>
<details>
<summary>${words('privacy')}</summary>
${trusted(markdown.render(withoutTitle(city.privacyNotice.full[locale])))}
</details>
${city.sample ? markup`<p>${words('sample')}</p>` : null}
${withPhones ? markup`<p><a href="/simulator?lang=${locale}">${words('phones')}</a></p>` : null}
</footer>
</body>
</html>
`;
  return page.html;
}

function hours(city: PublicCity, locale: Locale, words: PageWords): string {
  if (city.open) return words('open');
  if (!city.opensAt) return words('closedUnknown');
  return words('closed', { opens: openingTime(city.opensAt, locale, city.timeZone) });
}

function ways({ chat, phone, webCalls }: PublicCity, locale: Locale, words: PageWords): Markup {
  // A light colour darkened a little turns to mud; darkened a lot it keeps only its warmth.
  const deep = mix(chat.color, '#0b0f14', inkOn(chat.color) === 'light' ? 0.4 : 0.9);
  return markup`<nav aria-label="${words('ways')}">
<ul class="ways">
<li><a class="way first" data-on-accent="${inkOn(deep)}" href="#chat" data-linea-chat-open>${accentFill(deep)}
  ${face('write', words('write'), words('writeHint'))}</a></li>
<li>${calling(phone, webCalls, words)}</li>
<li><a class="way" href="#reportar" data-linea-chat-open data-linea-chat-say="saludo|${words('reportSay')}">
  ${face('report', words('report'), words('reportHint'))}</a></li>
<li><a class="way" href="/folio?lang=${locale}">
  ${face('folio', words('folio'), words('folioHint'))}</a></li>
</ul>
</nav>`;
}

/** By telephone, or from the page itself; both where both are there. */
function calling(phone: string | null, webCalls: boolean, words: PageWords): Markup {
  const number = phone?.replaceAll(' ', '\u00a0') ?? '';
  const tel = `tel:${number.replace(/[^+\d]/g, '')}`;
  const here = markup`href="#llamar" data-linea-chat-open data-linea-chat-call`;
  if (phone && webCalls) {
    return markup`<div class="way">${drawing('call')}<span class="way-words"><strong>${words('call')}</strong>
  <span><a class="number" href="${tel}">${number}</a></span><a class="here" ${here}>${words('callHere')}</a></span></div>`;
  }
  if (webCalls) return markup`<a class="way" ${here}>${face('call', words('call'), words('callWeb'))}</a>`;
  if (phone)
    return markup`<a class="way" href="${tel}">${face('call', words('call'), words('callHint', { phone: number }))}</a>`;
  return markup`<div class="way none">${face('call', words('call'), words('callNone'))}</div>`;
}

function face(name: Parameters<typeof drawing>[0], title: string, hint: string): Markup {
  return markup`${drawing(name)}<span class="way-words"><strong>${title}</strong><span>${hint}</span></span>`;
}

function frequent({ frequent: questions }: PublicCity, locale: Locale, words: PageWords): Markup | null {
  if (questions.length === 0) return null;
  const items = questions.map(
    ({ id, title }) => markup`<li><a href="#${id}" data-linea-chat-open data-linea-chat-say="${id}|${title[locale]}">
  <span>${title[locale]}</span>${drawing('arrow')}</a></li>`,
  );
  return markup`<section aria-labelledby="frequent">
<h2 id="frequent">${words('frequent')}</h2>
<ul class="questions">
${items}
</ul>
</section>`;
}

/** The first line of what the city says in danger, its numbers ready to tap. */
function emergency(city: PublicCity, locale: Locale, words: PageWords): Markup {
  const [line = ''] = city.emergency[locale].split('\n');
  const pieces = line
    .split(/\b(911|079)\b/)
    .map((piece, index) => (index % 2 === 1 ? markup`<a href="tel:${piece}">${piece}</a>` : markup`${piece}`));
  return markup`<section class="emergency" aria-label="${words('emergency')}"><p>${pieces}</p></section>`;
}

/** The summary above it has the title already. */
function withoutTitle(text: string): string {
  return text.replace(/^\s*# .*\n/, '');
}
