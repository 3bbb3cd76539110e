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

/** Speaks `locale` from now on, after loading its texts. */
export async function speak(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./locales/en.json')).default);
  }
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}
