import type { City } from '../contract/city.ts';
import type { ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';

export type Locale = 'es' | 'en';
/** A group's key in the reader's words. */
export type LabelGroup = (key: string) => string;

const nothing: Partial<Record<ReportGrouping, Record<Locale, string>>> = {
  none: { es: 'Todo', en: 'Everything' },
  queue: { es: 'Sin cola', en: 'No queue' },
  channel: { es: 'Sin canal', en: 'No channel' },
  operator: { es: 'Nadie', en: 'Nobody' },
  topic: { es: 'Sin tema', en: 'No topic' },
  colonia: { es: 'Sin colonia', en: 'No colonia' },
};

const channels: Record<string, string> = {
  chat: 'Chat',
  email: 'E-mail',
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  messenger: 'Messenger',
  instagram: 'Instagram',
  botframework: 'Teams',
};
const voice: Record<Locale, string> = { es: 'Teléfono', en: 'Telephone' };
const email: Record<Locale, string> = { es: 'Correo', en: 'E-mail' };

/** What the groups of a report are called. What was removed since keeps its id. */
export async function loadLabels(db: Db, city: City, by: ReportGrouping, locale: Locale): Promise<LabelGroup> {
  const named = (names: ReadonlyMap<string, string>) => (key: string) =>
    key === '' ? (nothing[by]?.[locale] ?? '') : (names.get(key) ?? key);
  switch (by) {
    case 'queue': {
      const rows = await db.selectFrom('queue').select(['id', 'name']).execute();
      return named(new Map(rows.map(({ id, name }) => [id, name[locale] || name.es])));
    }
    case 'operator': {
      const rows = await db.selectFrom('operator').select(['id', 'name']).execute();
      return named(new Map(rows.map(({ id, name }) => [id, name])));
    }
    case 'channel':
      return named(new Map(Object.entries({ ...channels, voice: voice[locale], email: email[locale] })));
    case 'topic':
      return named(topicsOf(city, locale));
    case 'colonia':
      return named(new Map(city.places.colonias.features.map(({ properties: { id, name } }) => [id, name])));
    case 'department':
      return named(new Map(Object.entries(city.departments)));
    case 'hour':
      return (key) => `${key}:00`;
    default:
      return named(new Map());
  }
}

/** Everything that the bot can take a contact for. */
export function topicsOf(city: City, locale: Locale): ReadonlyMap<string, string> {
  const all = [...city.topics, ...city.actions, ...city.services];
  return new Map(all.map(({ id, title }) => [id, (locale === 'en' && city.english[id]) || title]));
}
