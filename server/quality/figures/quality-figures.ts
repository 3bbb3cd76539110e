import { sql } from 'kysely';
import type { AppContext } from '../../context.ts';
import type { QualityFigures } from '../../contract/quality.ts';
import type { ReportPeriod } from '../../contract/report.ts';
import type { Db } from '../../database/database.ts';
import type { Actor } from '../../operators/actor.ts';
import { loadLabels } from '../../reports/label-groups.ts';
import { instantsOf } from '../../reports/report-period.ts';
import { currentForm } from '../forms/read-forms.ts';
import { openTo } from '../reviews/review-access.ts';
import { type CountedReview, countReviews } from './count-reviews.ts';

/**
 * What reviews published in a period came to. What is protected is counted for people with the grant alone.
 * @throws AppError `invalid_input` for a period that is none
 */
export async function qualityFigures(
  { city, db }: Pick<AppContext, 'city'> & { db: Db },
  actor: Actor,
  period: ReportPeriod,
  locale: 'es' | 'en',
): Promise<QualityFigures> {
  const { from, to } = instantsOf(period, city);
  const { rows } = await sql<CountedReview>`
    select r.operator_id as "operatorId", coalesce(t.queue_id, '') as "queueId", t.channel,
      r.published_at as "publishedAt", r.score, r.failed, r.appeal, r.answers
    from quality_review r join ticket t on t.id = r.ticket_id
    where r.state = 'published' and r.published_at >= ${from} and r.published_at < ${to} and ${openTo(actor)}`.execute(
    db,
  );
  const labels = {
    operator: await loadLabels(db, city, 'operator', locale),
    queue: await loadLabels(db, city, 'queue', locale),
  };
  const { form } = await currentForm(db);
  return countReviews(rows, {
    timeZone: city.timeZone,
    form,
    locale,
    nameOf: (part, key) => labels[part](key),
  });
}
