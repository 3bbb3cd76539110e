import { addTexts } from './i18n.ts';
import en from './locales/lists.en.json';
import es from './locales/lists.es.json';

// Imported by what narrows lists and works on many contacts at once: the inbox is shown without these.
addTexts({ es, en });
