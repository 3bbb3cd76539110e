import type { CatalogueEntry, Desk } from '../../server/contract/bot.ts';

/** As much of a desk as understanding needs. */
export type Content = Pick<Desk, 'utterances' | 'words' | 'danger' | 'catalogue'>;

/** The same without functions, as it can pass from one process to another. */
export interface PlainContent extends Omit<Content, 'catalogue'> {
  entries: Record<'es' | 'en', readonly CatalogueEntry[]>;
}

export function plainContent({ utterances, words, danger, catalogue }: Content): PlainContent {
  return { utterances, words, danger, entries: { es: catalogue('es'), en: catalogue('en') } };
}

export function contentOf({ entries, ...content }: PlainContent): Content {
  return { ...content, catalogue: (locale) => entries[locale] };
}
