import { addTexts } from './i18n.ts';
import en from './locales/sample-day.en.json';
import es from './locales/sample-day.es.json';

// Imported by every component of the sample day: the inbox is shown without these.
addTexts({ es, en });
