import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import type { listReviewsSchema, QualityStanding, Review, ReviewPage } from '../../contract/quality.ts';
import type { Db } from '../../database/database.ts';
import type { Actor } from '../../operators/actor.ts';
import { selectReviews } from './present-reviews.ts';
import { openTo, reviews } from './review-access.ts';

const PAGE = 50;
type View = z.output<typeof listReviewsSchema>['view'];

interface Shown {
  where: (actor: Actor) => RawBuilder<boolean>;
  /** What they are ordered by, of the row and as it is told. */
  column: RawBuilder<unknown>;
  at: (review: Review) => string;
  newestFirst: boolean;
}

const published = { column: sql`r.published_at`, at: ({ publishedAt }: Review) => publishedAt ?? '' };
/** Whoever reviews never finds what is being written about themselves. */
const views: Record<View, Shown> = {
  todo: {
    where: ({ id }) => sql`r.state = 'open' and r.reviewer_id = ${id} and r.operator_id <> ${id}`,
    column: sql`r.created_at`,
    at: ({ createdAt }) => createdAt,
    newestFirst: false,
  },
  others: {
    where: ({ id }) => sql`r.state = 'open' and r.reviewer_id <> ${id} and r.operator_id <> ${id}`,
    column: sql`r.created_at`,
    at: ({ createdAt }) => createdAt,
    newestFirst: false,
  },
  appeals: { ...published, where: ({ id }) => sql`r.appeal = 'open' and r.operator_id <> ${id}`, newestFirst: false },
  published: { ...published, where: () => sql`r.state = 'published'`, newestFirst: true },
  received: {
    ...published,
    where: ({ id }) => sql`r.state = 'published' and r.operator_id = ${id}`,
    newestFirst: true,
  },
};

/** @throws AppError `forbidden` for others' reviews, `invalid_cursor` */
export async function listReviews(
  db: Db,
  actor: Actor,
  { view, cursor }: z.output<typeof listReviewsSchema>,
): Promise<ReviewPage> {
  if (view !== 'received' && !reviews(actor)) throw new AppError('forbidden');
  const { where, column, at, newestFirst } = views[view];
  const order = newestFirst ? sql`desc` : sql`asc`;
  const rows = await selectReviews(
    db,
    sql`where ${where(actor)} and ${openTo(actor)} and ${beyond(column, cursor, newestFirst)}
      order by ${column} ${order}, r.id ${order} limit ${PAGE + 1}`,
  );
  const last = rows[PAGE - 1];
  return {
    reviews: rows.slice(0, PAGE),
    nextCursor: rows.length > PAGE && last ? `${at(last)}_${last.id}` : null,
  };
}

/** An instant to the millisecond, as JavaScript knows it, and an id. */
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f-]{36})$/;

function beyond(column: RawBuilder<unknown>, cursor: string | undefined, newestFirst: boolean): RawBuilder<boolean> {
  if (cursor === undefined) return sql`true`;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !id) throw new AppError('invalid_cursor');
  const place = sql`(${at}::timestamptz, ${id}::uuid)`;
  return newestFirst ? sql`(${column}, r.id) < ${place}` : sql`(${column}, r.id) > ${place}`;
}

/** What waits for the reader: to score, to decide, to read. */
export async function qualityStanding(db: Db, actor: Actor): Promise<QualityStanding> {
  const { rows } = await sql<QualityStanding>`
    select
      (select count(*) from quality_review r join ticket t on t.id = r.ticket_id
        where ${views.todo.where(actor)} and ${openTo(actor)}) as todo,
      (select count(*) from quality_opinion n join quality_calibration c on c.id = n.calibration_id
        join ticket t on t.id = c.ticket_id
        where n.reviewer_id = ${actor.id} and n.submitted_at is null and c.closed_at is null and ${openTo(actor)}) as calibrations,
      (select count(*) from quality_review r join ticket t on t.id = r.ticket_id
        where ${views.appeals.where(actor)} and ${openTo(actor)}) as appeals,
      (select count(*) from quality_review r join ticket t on t.id = r.ticket_id
        where ${views.received.where(actor)} and r.seen_at is null and ${openTo(actor)}) as unseen`.execute(db);
  const nothing = { todo: 0, calibrations: 0, appeals: 0, unseen: 0 };
  const [standing = nothing] = rows;
  return reviews(actor) ? standing : { ...nothing, unseen: standing.unseen };
}
