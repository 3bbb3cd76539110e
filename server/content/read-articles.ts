import { localDay } from '../city/desk-content.ts';
import type { ArticleDetail, ArticleSummary, ArticleVersion } from '../contract/article.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import { articleState } from './article-state.ts';
import { type ArticleRow, newestVersions } from './read-edited.ts';

/** Every topic of the catalogue with its article, as it stands. */
export async function listArticles(db: Db, city: City, now: Date): Promise<ArticleSummary[]> {
  const edited = new Map((await newestVersions(db)).map((row) => [row.article_id, versionOf(row)]));
  const today = localDay(now, city.timeZone);
  return city.topics.map(({ id }) => {
    const version = edited.get(id) ?? fileVersion(city, id);
    return {
      id,
      title: version?.title ?? topicTitle(city, id),
      state: version ? articleState(version.validUntil, today) : 'missing',
      departmentId: version?.departmentId ?? null,
      responsible: version?.responsible ?? null,
      validUntil: version?.validUntil ?? null,
      version: version?.version ?? 0,
      editedBy: version?.editedBy ?? null,
      at: version?.at ?? null,
    };
  });
}

/** @throws AppError `not_found` for what is no topic of the catalogue */
export async function openArticle(db: Db, city: City, now: Date, id: string): Promise<ArticleDetail> {
  if (!city.topics.some((topic) => topic.id === id)) throw new AppError('not_found');
  const rows = await db
    .selectFrom('article_version')
    .selectAll()
    .where('article_id', '=', id)
    .orderBy('version', 'desc')
    .execute();
  const file = fileVersion(city, id);
  const versions = [...rows.map(versionOf), ...(file ? [file] : [])];
  const state = versions[0] ? articleState(versions[0].validUntil, localDay(now, city.timeZone)) : 'missing';
  return { id, title: topicTitle(city, id), state, versions };
}

function versionOf(row: ArticleRow): ArticleVersion {
  return {
    version: row.version,
    title: row.title,
    body: row.body,
    departmentId: row.department_id,
    source: row.source,
    responsible: row.responsible,
    validUntil: row.valid_until,
    editedBy: row.edited_by_name,
    at: row.at.toISOString(),
  };
}

function fileVersion(city: City, id: string): ArticleVersion | null {
  const article = city.articles.find((candidate) => candidate.id === id);
  if (!article) return null;
  return {
    version: 0,
    title: article.title,
    body: article.body,
    departmentId: article.department ?? null,
    source: article.source ?? null,
    responsible: article.responsible ?? null,
    validUntil: article.validUntil ?? null,
    editedBy: null,
    at: null,
  };
}

function topicTitle(city: City, id: string): ArticleDetail['title'] {
  const title = city.topics.find((topic) => topic.id === id)?.title ?? id;
  return { es: title, en: city.english[id] ?? title };
}
