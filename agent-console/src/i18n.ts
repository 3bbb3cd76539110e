import { createI18n } from 'vue-i18n';
import type { Locale } from '../../server/contract/errors.ts';
import es from './locales/es.json';

export type Messages = typeof es;

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: 'es',
  fallbackLocale: 'es',
  // English is loaded when somebody asks for it.
  messages: { es } as Record<Locale, Messages>,
});

/** Texts of a part of the console that the inbox is shown without; they come along with its code. */
export function addTexts(texts: Record<Locale, object>): void {
  for (const locale of ['es', 'en'] as const) i18n.global.mergeLocaleMessage(locale, texts[locale]);
}

let knowsEnglish = false;

/** Speaks `locale` from now on, after loading its texts. */
export async function speak(locale: Locale): Promise<void> {
  if (locale === 'en' && !knowsEnglish) {
    i18n.global.mergeLocaleMessage('en', (await import('./locales/en.json')).default);
    knowsEnglish = true;
  }
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}
