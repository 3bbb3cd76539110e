import { addTexts } from './i18n.ts';
import en from './locales/report.en.json';
import es from './locales/report.es.json';

// Imported by the pages that speak of reports: the inbox is shown without these.
addTexts({ es, en });
