import { DateTime } from 'luxon';
import { noCases } from '../cases/no-cases.ts';
import { isOffered } from '../cases/services.ts';
import type { CaseDesk, CatalogueEntry, Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import type { Locale, Phrase } from '../contract/errors.ts';
import { fillPhrase } from '../contract/phrase-places.ts';

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
  const view = viewOf(city, content);

  return {
    cityName: city.name,
    timeZone: city.timeZone,
    get danger() {
      return city.danger;
    },
    get utterances() {
      return content.utterances;
    },
    words: city.words,
    handOffTo: city.handOffTo,
    folioPrefix: city.folioPrefix,
    cases,
    phrase(key, locale, values = {}) {
      const phrase = phraseOf(city, key);
      if (!phrase) throw new Error(`phrases.yaml has no «${key}»`);
      return fillPhrase(phrase[locale], values);
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

/** A sentence in every language; two of them stand with the words that danger is known by. */
export function phraseOf(city: Pick<City, 'phrases' | 'danger'>, key: string): Phrase | undefined {
  if (key === 'danger.emergency') return city.danger.text.emergency;
  if (key === 'danger.violence') return city.danger.text.violence;
  return city.phrases[key];
}

/** The local day of a moment, `2026-12-31`. */
export function localDay(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toISODate() ?? '';
}

/** Articles by id and the catalogue, drawn up again only when articles or services are others. */
function viewOf(city: City, content: Editable) {
  const draw = (articles: Editable['articles']) => ({
    from: articles,
    services: city.services,
    articles: new Map(articles.map((article) => [article.id, article])),
    es: catalogueOf(city, articles, 'es'),
    en: catalogueOf(city, articles, 'en'),
  });
  let drawn = draw(content.articles);
  return () => {
    if (drawn.from !== content.articles || drawn.services !== city.services) drawn = draw(content.articles);
    return drawn;
  };
}

function catalogueOf(city: City, articles: Editable['articles'], locale: Locale): CatalogueEntry[] {
  const titles = new Map(articles.map(({ id, title }) => [id, title]));
  const plain = { priority: 2, protected: false, restricted: false, location: 'none', workingDays: 0 } as const;
  const named = ({ id, title }: { id: string; title: string }) => (locale === 'en' && city.english[id]) || title;
  const titleOf = (entry: { id: string; title: string }) => titles.get(entry.id)?.[locale] || named(entry);
  return [
    ...city.topics.map((topic) => ({ ...plain, id: topic.id, kind: 'topic' as const, title: titleOf(topic) })),
    ...city.services.filter(isOffered).map((service) => ({
      id: service.id,
      kind: 'service' as const,
      title: named(service),
      priority: priorities[service.priority],
      protected: service.protected,
      restricted: service.restricted,
      location: service.location,
      workingDays: service.expected,
      questions: service.questions.map(({ id, kind, label, required, choices }) => ({
        id,
        kind,
        label: label[locale],
        required,
        choices: choices.map((choice) => ({ id: choice.id, title: choice.title[locale] })),
      })),
    })),
    ...city.actions.map((action) => ({ ...plain, id: action.id, kind: 'action' as const, title: titleOf(action) })),
  ];
}
