import type { Selectable } from 'kysely';
import type { City } from '../contract/city.ts';
import type { Db, Tables } from '../database/database.ts';

type Article = City['articles'][number];
export type ArticleRow = Selectable<Tables['article_version']>;

/** The city's articles and utterances with what the console changed laid over them. */
export async function readEdited(db: Db, city: City): Promise<Pick<City, 'articles' | 'utterances'>> {
  const [rows, taught] = await Promise.all([
    newestVersions(db),
    db
      .selectFrom('utterance')
      .select(['catalogue_id', 'text'])
      .where('withdrawn_at', 'is', null)
      .orderBy('id')
      .execute(),
  ]);
  const edited = new Map(rows.map((row) => [row.article_id, articleOf(row)]));
  const added = Map.groupBy(taught, (row) => row.catalogue_id);
  const ids = new Set([...Object.keys(city.utterances), ...added.keys()]);
  return {
    articles: [...new Map([...city.articles.map((article) => [article.id, article] as const), ...edited]).values()],
    utterances: Object.fromEntries(
      [...ids].map((id) => [id, [...(city.utterances[id] ?? []), ...(added.get(id) ?? []).map(({ text }) => text)]]),
    ),
  };
}

/** Of each article that was edited the version that counts. */
export function newestVersions(db: Db): Promise<ArticleRow[]> {
  return db
    .selectFrom('article_version')
    .selectAll()
    .distinctOn('article_id')
    .orderBy('article_id')
    .orderBy('version', 'desc')
    .execute();
}

function articleOf(row: ArticleRow): Article {
  return {
    id: row.article_id,
    title: row.title,
    body: row.body,
    ...(row.department_id && { department: row.department_id }),
    ...(row.source && { source: row.source }),
    ...(row.responsible && { responsible: row.responsible }),
    ...(row.valid_until && { validUntil: row.valid_until }),
  };
}
