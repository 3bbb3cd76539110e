import { addTexts } from './i18n.ts';
import en from './locales/calls.en.json';
import es from './locales/calls.es.json';

// Imported by every component that speaks of calls: the inbox is shown without these.
addTexts({ es, en });
