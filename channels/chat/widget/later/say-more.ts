import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import { en } from './locales/en.ts';
import { es, type Phrases } from './locales/es.ts';

const phrases: Record<Locale, Phrases> = { es, en };

export type SayMore = (key: keyof Phrases, values?: Record<string, string | number>) => string;

/** The words of what is loaded later, in one language. */
export function sayMoreIn(locale: Locale): SayMore {
  return (key, values = {}) => phrases[locale][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
