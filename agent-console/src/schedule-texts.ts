import { addTexts } from './i18n.ts';
import en from './locales/schedule.en.json';
import es from './locales/schedule.es.json';

// Imported by what schedules reports: the inbox is shown without these.
addTexts({ es, en });
