import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import { en } from './en.ts';
import { es, type Phrases } from './es.ts';

const phrases: Record<Locale, Phrases> = { es, en };

export type Say = (key: keyof Phrases, values?: Record<string, string | number>) => string;

/** The widget's words in one language. */
export function sayIn(locale: Locale): Say {
  return (key, values = {}) => phrases[locale][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
