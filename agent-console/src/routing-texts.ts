import { addTexts } from './i18n.ts';
import en from './locales/routing.en.json';
import es from './locales/routing.es.json';

// Imported by every component that speaks of routing: the inbox is shown without these.
addTexts({ es, en });
