import type { PublicCase } from './case.ts';
import type { Locale } from './error-catalogue.ts';
import type { PublicCity } from './http.ts';

/** What opens a folio, as it was typed or as it stands in the link. */
export interface FolioKey {
  folio: string;
  secret: string;
}

/** What the page of a folio shows. */
export type FolioView =
  | { state: 'ask' }
  /** Asked for, and not shown; `seconds`: until the next try is welcome. */
  | { state: 'refused'; key: FolioKey; seconds?: number }
  | { state: 'found'; key: FolioKey; case: PublicCase; now: Date; after?: 'reopened' | 'empty' };

/** The residents' pages as whole documents: drawn by the chat's side, served by the server. */
export interface RenderPages {
  /** `withPhones`: there are simulated telephones to write from. */
  home(city: PublicCity, locale: Locale, options?: { withPhones: boolean }): string;
  folio(city: PublicCity, locale: Locale, view: FolioView): string;
}
