import type { z } from 'zod';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { ArticleContent, ArticleDetail, restoreArticleSchema, saveArticleSchema } from '../contract/article.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { openArticle } from './read-articles.ts';

/**
 * Makes the next version of an article; the bot quotes it from the commit on.
 * @throws AppError `not_found`, `conflict` when another version has come since, `invalid_input` for an unknown department
 */
export async function saveArticle(
  unit: Unit,
  city: City,
  origin: Origin,
  id: string,
  input: z.output<typeof saveArticleSchema>,
): Promise<ArticleDetail> {
  const { version, ...content } = input;
  return addVersion(unit, city, origin, id, version, () => content);
}

/**
 * Saves an earlier version anew.
 * @throws AppError `not_found`, `conflict`
 */
export async function restoreArticle(
  unit: Unit,
  city: City,
  origin: Origin,
  id: string,
  { version, restore }: z.output<typeof restoreArticleSchema>,
): Promise<ArticleDetail> {
  return addVersion(unit, city, origin, id, version, ({ versions }) => {
    const earlier = versions.find((candidate) => candidate.version === restore);
    if (!earlier) throw new AppError('not_found');
    return contentOf(earlier);
  });
}

async function addVersion(
  unit: Unit,
  city: City,
  origin: Origin,
  id: string,
  known: number,
  make: (before: ArticleDetail) => ArticleContent,
): Promise<ArticleDetail> {
  const before = await openArticle(unit.tx, city, unit.now, id);
  const latest = before.versions[0];
  if ((latest?.version ?? 0) !== known) {
    throw new AppError('conflict', { version: latest?.version ?? 0, editedBy: latest?.editedBy ?? null });
  }
  const content = make(before);
  if (content.departmentId !== null && !(content.departmentId in city.departments)) {
    throw new AppError('invalid_input', { departmentId: content.departmentId });
  }
  // Of two that save at once the second meets the primary key, begins again and is told of the conflict.
  await unit.tx
    .insertInto('article_version')
    .values({
      article_id: id,
      version: known + 1,
      title: json(content.title),
      body: json(content.body),
      department_id: content.departmentId,
      source: content.source || null,
      responsible: content.responsible || null,
      valid_until: content.validUntil,
      edited_by: origin.actor?.id ?? null,
      edited_by_name: origin.actor?.name ?? null,
      at: unit.now,
    })
    .execute();
  await recordAudit(unit, origin, {
    action: 'article.updated',
    target: id,
    before: latest ? contentOf(latest) : undefined,
    after: content,
  });
  unit.emit('configuration.changed', 'content');
  return openArticle(unit.tx, city, unit.now, id);
}

function contentOf({ title, body, departmentId, source, responsible, validUntil }: ArticleContent): ArticleContent {
  return { title, body, departmentId, source, responsible, validUntil };
}
