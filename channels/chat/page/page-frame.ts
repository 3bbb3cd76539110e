import { textOn } from '../../../server/contract/contrast.ts';
import type { Locale } from '../../../server/contract/error-catalogue.ts';
import type { PublicCity } from '../../../server/contract/http.ts';
import { accentFill, shield } from './drawings.ts';
import { type Markup, markup } from './markup.ts';

/** Which of the stylesheet's two inks reads better on a colour. */
export function inkOn(color: string): 'light' | 'dark' {
  return textOn(color) === '#ffffff' ? 'light' : 'dark';
}

/** The strip at the top of the pages behind the first one: whose they are, the way back, the other language. */
export function topBar(city: PublicCity, locale: Locale, path: string, otherLanguage: string): Markup {
  const other = locale === 'es' ? 'en' : 'es';
  return markup`<header class="top">
${accentFill(city.chat.color)}
<div class="bar">
  <a class="name" href="/?lang=${locale}">${shield(city.name)} ${city.contactName}</a>
  <a class="language" href="${path}?lang=${other}" hreflang="${other}" lang="${other}">${otherLanguage}</a>
</div>
</header>`;
}
