import { DateTime } from 'luxon';
import { noCases } from '../cases/no-cases.ts';
import type { CaseDesk, CatalogueEntry, Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import type { Locale, Phrase } from '../contract/errors.ts';

const priorities = { urgent: 0, high: 1, normal: 2 } as const;

/** What can be edited while the desk is in use. */
type Editable = Pick<City, 'articles' | 'utterances'>;

/**
 * The desk as far as content alone can furnish it. An article past its day is not quoted.
 * @param content articles and utterances as they stand at each moment; the city's own unless told otherwise
 */
export function deskContent(
  city: City,
  now: () => Date = () => new Date(),
  cases: CaseDesk = noCases,
  content: Editable = city,
): Desk {
  const phrases: Record<string, Phrase> = {
    ...city.phrases,
    'danger.emergency': city.danger.text.emergency,
    'danger.violence': city.danger.text.violence,
  };
  const view = viewOf(city, content);

  return {
    cityName: city.name,
    danger: city.danger,
    get utterances() {
      return content.utterances;
    },
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
    catalogue: (locale) => view()[locale],
    async answer(id, locale) {
      const article = view().articles.get(id);
      const isPast = article?.validUntil !== undefined && article.validUntil < localDay(now(), city.timeZone);
      return isPast ? null : (article?.body[locale] ?? null);
    },
  };
}

/** The local day of a moment, `2026-12-31`. */
export function localDay(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toISODate() ?? '';
}

/** Articles by id and the catalogue, drawn up again only when the articles are others. */
function viewOf(city: City, content: Editable) {
  const draw = (articles: Editable['articles']) => ({
    from: articles,
    articles: new Map(articles.map((article) => [article.id, article])),
    es: catalogueOf(city, articles, 'es'),
    en: catalogueOf(city, articles, 'en'),
  });
  let drawn = draw(content.articles);
  return () => {
    if (drawn.from !== content.articles) drawn = draw(content.articles);
    return drawn;
  };
}

function catalogueOf(city: City, articles: Editable['articles'], locale: Locale): CatalogueEntry[] {
  const titles = new Map(articles.map(({ id, title }) => [id, title]));
  const plain = { priority: 2, protected: false, restricted: false, location: 'none', workingDays: 0 } as const;
  const titleOf = ({ id, title }: { id: string; title: string }) =>
    titles.get(id)?.[locale] || (locale === 'en' && city.english[id]) || title;
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
