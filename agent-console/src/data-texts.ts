import { addTexts } from './i18n.ts';
import en from './locales/data.en.json';
import es from './locales/data.es.json';

// Imported by the page of data alone: the inbox is shown without these.
addTexts({ es, en });
