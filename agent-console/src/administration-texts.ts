import { addTexts } from './i18n.ts';
import en from './locales/administration.en.json';
import es from './locales/administration.es.json';

// Imported by the settings alone: the inbox is shown without these.
addTexts({ es, en });
