import { addTexts } from './i18n.ts';
import en from './locales/board.en.json';
import es from './locales/board.es.json';

// Imported by every component of the board: the inbox is shown without these.
addTexts({ es, en });
