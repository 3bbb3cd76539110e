import { addTexts } from './i18n.ts';
import en from './locales/access.en.json';
import es from './locales/access.es.json';

// Imported by the pages of people and roles alone: the inbox is shown without these.
addTexts({ es, en });
