import { type RawBuilder, sql } from 'kysely';
import type { ChannelName } from '../../contract/channel.ts';
import type { Review } from '../../contract/quality.ts';
import type { AppealState, ReviewState } from '../../contract/quality-terms.ts';
import type { Db } from '../../database/database.ts';

interface Row {
  id: string;
  ticket_id: string;
  number: number;
  channel: ChannelName;
  queue_id: string | null;
  topic: string | null;
  closed_at: Date | null;
  protected: boolean;
  operator_id: string;
  operator_name: string | null;
  reviewer_id: string;
  reviewer_name: string | null;
  plan_id: string | null;
  plan_name: string | null;
  state: ReviewState;
  begun: boolean;
  score: number | null;
  failed: boolean;
  appeal: AppealState;
  created_at: Date;
  published_at: Date | null;
  seen_at: Date | null;
  acknowledged_at: Date | null;
}

/** Reviews as lists show them. `tail` is the `where … order by … limit …` over `r` (review) and `t` (ticket). */
export async function selectReviews(db: Db, tail: RawBuilder<unknown>): Promise<Review[]> {
  const { rows } = await sql<Row>`
    select r.id, r.ticket_id, t.number, t.channel, t.queue_id, t.topic, t.closed_at, t.protected,
      r.operator_id, o.name as operator_name, r.reviewer_id, v.name as reviewer_name, r.plan_id, p.name as plan_name,
      r.state, r.form_version is not null as begun, r.score, r.failed, r.appeal, r.created_at, r.published_at, r.seen_at,
      r.acknowledged_at
    from quality_review r
    join ticket t on t.id = r.ticket_id
    left join operator o on o.id = r.operator_id
    left join operator v on v.id = r.reviewer_id
    left join quality_plan p on p.id = r.plan_id
    ${tail}`.execute(db);
  return rows.map(present);
}

const present = (row: Row): Review => ({
  id: row.id,
  contact: {
    id: row.ticket_id,
    number: row.number,
    channel: row.channel,
    queueId: row.queue_id,
    topic: row.topic,
    closedAt: row.closed_at?.toISOString() ?? null,
    protected: row.protected,
  },
  operator: { id: row.operator_id, name: row.operator_name ?? '' },
  reviewer: { id: row.reviewer_id, name: row.reviewer_name ?? '' },
  plan: row.plan_id && row.plan_name !== null ? { id: row.plan_id, name: row.plan_name } : null,
  state: row.state,
  begun: row.begun,
  score: row.score,
  failed: row.failed,
  appeal: row.appeal,
  createdAt: row.created_at.toISOString(),
  publishedAt: row.published_at?.toISOString() ?? null,
  seenAt: row.seen_at?.toISOString() ?? null,
  acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
});
