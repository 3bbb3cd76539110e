import type { Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import type { Say } from '../conversations/say.ts';
import type { Windows } from '../delivery/window.ts';
import type { Places } from '../places/create-places.ts';
import type { CaseSecrets } from './secret.ts';

/** What the operations on cases share. */
export interface CaseParts {
  city: City;
  places: Places;
  secrets: CaseSecrets;
  say: Say;
  windows: Pick<Windows, 'isOpen' | 'templates'>;
  phrase: Desk['phrase'];
  /** Where the folio's page is. */
  publicUrl: string;
}
