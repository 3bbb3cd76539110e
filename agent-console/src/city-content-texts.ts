import { addTexts } from './i18n.ts';
import en from './locales/city-content.en.json';
import es from './locales/city-content.es.json';

// Imported by what edits services, departments and sentences: the inbox is shown without these.
addTexts({ es, en });
