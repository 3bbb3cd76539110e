import { addTexts } from './i18n.ts';
import en from './locales/writing.en.json';
import es from './locales/writing.es.json';

// Imported by what helps to write: the inbox is shown without these.
addTexts({ es, en });
