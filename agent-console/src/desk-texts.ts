import { addTexts } from './i18n.ts';
import en from './locales/desk.en.json';
import es from './locales/desk.es.json';

// Imported by what merges contacts and by promises to look again: the inbox is shown without these.
addTexts({ es, en });
