import { type RawBuilder, sql } from 'kysely';
import type { ChannelName } from '../../contract/channel.ts';
import { AppError } from '../../contract/errors.ts';
import type { Calibration, CalibrationDetail, ReviewAnswers } from '../../contract/quality.ts';
import type { Db } from '../../database/database.ts';
import type { Actor } from '../../operators/actor.ts';
import { findForm } from '../forms/read-forms.ts';
import { firstSeqOf } from '../reviews/open-review.ts';
import { openTo } from '../reviews/review-access.ts';
import { compareOpinions } from './compare-opinions.ts';

const SHOWN = 100;

interface Row {
  id: string;
  ticket_id: string;
  number: number;
  channel: ChannelName;
  queue_id: string | null;
  topic: string | null;
  ticket_closed_at: Date | null;
  protected: boolean;
  operator_id: string;
  operator_name: string | null;
  form_version: number;
  started_by: string;
  starter_name: string | null;
  started_at: Date;
  closed_at: Date | null;
  opinions: StoredOpinion[];
}
interface StoredOpinion {
  id: string;
  name: string;
  answers: ReviewAnswers;
  comment: string;
  done: boolean;
}

/** Newest first. Nobody finds the one that is about their own work while it is open. */
export async function listCalibrations(db: Db, actor: Actor): Promise<Calibration[]> {
  const rows = await select(db, actor, sql`order by c.started_at desc, c.id limit ${SHOWN}`);
  return rows.map(present);
}

/** Own answers while it is blind, everybody's once it is closed. @throws AppError `not_found` */
export async function openCalibration(db: Db, actor: Actor, id: string): Promise<CalibrationDetail> {
  const [row] = await select(db, actor, sql`and c.id = ${id}`);
  if (!row) throw new AppError('not_found');
  const form = await findForm(db, row.form_version);
  const own = row.opinions.find((opinion) => opinion.id === actor.id);
  const isClosed = row.closed_at !== null;
  return {
    calibration: present(row),
    form,
    firstSeq: await firstSeqOf(db, row.ticket_id),
    own: own ? { answers: own.answers, comment: own.comment, done: own.done } : null,
    comparison: isClosed
      ? compareOpinions(
          form.form,
          row.channel,
          row.opinions.filter(({ done }) => done),
        )
      : null,
    mayClose: !isClosed && row.started_by === actor.id && row.opinions.filter(({ done }) => done).length >= 2,
  };
}

async function select(db: Db, actor: Actor, tail: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id, c.ticket_id, t.number, t.channel, t.queue_id, t.topic, t.closed_at as ticket_closed_at, t.protected,
      c.operator_id, o.name as operator_name, c.form_version, c.started_by, s.name as starter_name, c.started_at,
      c.closed_at,
      (select jsonb_agg(jsonb_build_object('id', n.reviewer_id, 'name', coalesce(v.name, ''), 'answers', n.answers,
          'comment', n.comment, 'done', n.submitted_at is not null) order by v.name, n.reviewer_id)
        from quality_opinion n left join operator v on v.id = n.reviewer_id where n.calibration_id = c.id) as opinions
    from quality_calibration c
    join ticket t on t.id = c.ticket_id
    left join operator o on o.id = c.operator_id
    left join operator s on s.id = c.started_by
    where ${openTo(actor)} and (c.operator_id <> ${actor.id} or c.closed_at is not null) ${tail}`.execute(db);
  return rows;
}

const present = (row: Row): Calibration => ({
  id: row.id,
  contact: {
    id: row.ticket_id,
    number: row.number,
    channel: row.channel,
    queueId: row.queue_id,
    topic: row.topic,
    closedAt: row.ticket_closed_at?.toISOString() ?? null,
    protected: row.protected,
  },
  operator: { id: row.operator_id, name: row.operator_name ?? '' },
  startedBy: { id: row.started_by, name: row.starter_name ?? '' },
  startedAt: row.started_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  reviewers: row.opinions.map(({ id, name, done }) => ({ id, name, done })),
});
