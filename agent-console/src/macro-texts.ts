import { addTexts } from './i18n.ts';
import en from './locales/macros.en.json';
import es from './locales/macros.es.json';

// Imported by what makes and runs macros: the inbox is shown without these.
addTexts({ es, en });
