import { DateTime } from 'luxon';
import { noCases } from '../cases/no-cases.ts';
import type { CaseDesk, CatalogueEntry, Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import type { Locale, Phrase } from '../contract/errors.ts';

const priorities = { urgent: 0, high: 1, normal: 2 } as const;

/** The desk as far as the city's content alone can furnish it. An article past its day is not quoted. */
export function deskContent(city: City, now: () => Date = () => new Date(), cases: CaseDesk = noCases): Desk {
  const phrases: Record<string, Phrase> = {
    ...city.phrases,
    'danger.emergency': city.danger.text.emergency,
    'danger.violence': city.danger.text.violence,
  };
  const articles = new Map(city.articles.map((article) => [article.id, article]));
  const catalogue = { es: catalogueOf(city, 'es'), en: catalogueOf(city, 'en') };

  return {
    cityName: city.name,
    danger: city.danger,
    utterances: city.utterances,
    words: city.words,
    handOffTo: city.handOffTo,
    folioPrefix: city.folioPrefix,
    cases,
    phrase(key, locale, values = {}) {
      const phrase = phrases[key];
      if (!phrase) throw new Error(`phrases.yaml has no «${key}»`);
      return phrase[locale].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    },
    privacy: (locale) => ({ version: city.privacyNotice.version, text: city.privacyNotice.short[locale] }),
    menu: (locale) => city.menu.map(({ id, title }) => ({ id, title: title[locale] })),
    catalogue: (locale) => catalogue[locale],
    async answer(id, locale) {
      const article = articles.get(id);
      const today = DateTime.fromJSDate(now(), { zone: city.timeZone }).toISODate() ?? '';
      const isPast = article?.validUntil !== undefined && article.validUntil < today;
      return isPast ? null : (article?.body[locale] ?? null);
    },
  };
}

function catalogueOf(city: City, locale: Locale): CatalogueEntry[] {
  const articles = new Map(city.articles.map(({ id, title }) => [id, title]));
  const plain = { priority: 2, protected: false, restricted: false, location: 'none', workingDays: 0 } as const;
  const titleOf = ({ id, title }: { id: string; title: string }) =>
    (locale === 'en' && (articles.get(id)?.en ?? city.english[id])) || title;
  return [
    ...city.topics.map((topic) => ({ ...plain, id: topic.id, kind: 'topic' as const, title: titleOf(topic) })),
    ...city.services.map((service) => ({
      id: service.id,
      kind: 'service' as const,
      title: titleOf(service),
      priority: priorities[service.priority],
      protected: service.protected,
      restricted: service.restricted,
      location: service.location,
      workingDays: service.expected,
    })),
    ...city.actions.map((action) => ({ ...plain, id: action.id, kind: 'action' as const, title: titleOf(action) })),
  ];
}
