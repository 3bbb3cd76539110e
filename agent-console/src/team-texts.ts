import { addTexts } from './i18n.ts';
import en from './locales/team.en.json';
import es from './locales/team.es.json';

// Imported by every component of the team's chat: the inbox is shown without these.
addTexts({ es, en });
