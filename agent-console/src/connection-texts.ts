import { addTexts } from './i18n.ts';
import en from './locales/connections.en.json';
import es from './locales/connections.es.json';

// Imported by what looks at connections: the inbox is shown without these.
addTexts({ es, en });
