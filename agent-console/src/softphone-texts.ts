import { addTexts } from './i18n.ts';
import en from './locales/softphone.en.json';
import es from './locales/softphone.es.json';

// Imported by what speaks of the call that goes on: the inbox is shown without these.
addTexts({ es, en });
