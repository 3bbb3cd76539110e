import { addTexts } from './i18n.ts';
import en from './locales/citizen.en.json';
import es from './locales/citizen.es.json';

// Imported by the person's page and by what warns of them: the inbox is shown without these.
addTexts({ es, en });
