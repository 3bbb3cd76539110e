import { addTexts } from './i18n.ts';
import en from './locales/quality.en.json';
import es from './locales/quality.es.json';

// Imported by the pages about quality: the inbox is shown without these.
addTexts({ es, en });
