import { type RawBuilder, sql } from 'kysely';
import { caseSeenBy } from '../cases/case-access.ts';
import type { Broadcast, BroadcastDetail, Reach } from '../contract/broadcast.ts';
import type { ChannelName } from '../contract/channel.ts';
import { AppError, type Locale, type Phrase } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import type { SkipReason } from './broadcast.entity.ts';
import type { BroadcastRow } from './broadcast-parts.ts';
import { asSeenBy, counted } from './preview-broadcast.ts';

const LISTED = 100;
const SHOWN = 200;

/** What became of each recipient `r` of `broadcast b`: what its message says of itself, or how far its reader has got. */
const outcomes = sql`
  broadcast_recipient r
  left join message m on m.id = r.message_id
  left join conversation v on v.id = m.conversation_id
  cross join lateral (select case
    when r.done_at is null then 'pending'
    when m.id is null then 'skipped'
    when m.status = 'failed' then 'failed'
    when m.seq <= v.citizen_read then 'read'
    when m.seq <= v.citizen_delivered then 'delivered'
    when m.status = 'stored' then 'sent'
    else m.status end as status) o`;

type Progress = Broadcast['progress'];
type LoadedRow = BroadcastRow & { folio: string; protected: boolean; progress: Progress; reports: number };

/** A notice as the console knows it, and whether only people with the grant may. */
export interface LoadedBroadcast {
  broadcast: Broadcast;
  protected: boolean;
}

/** Notices with their progress, newest first, in one round trip. `condition` is over `broadcast b` and `service_case c`. */
export async function selectBroadcasts(db: Db, condition: RawBuilder<unknown>): Promise<LoadedBroadcast[]> {
  const { rows } = await sql<LoadedRow>`
    select b.*, c.folio, c.protected, p.progress, p.reports
    from broadcast b join service_case c on c.id = b.case_id
    cross join lateral (
      select jsonb_build_object(
          'recipients', count(*),
          -- Said, and still in our hands.
          'pending', count(*) filter (where o.status in ('pending', 'queued')),
          'skipped', count(*) filter (where o.status = 'skipped'),
          'sent', count(*) filter (where o.status = 'sent'),
          'delivered', count(*) filter (where o.status = 'delivered'),
          'read', count(*) filter (where o.status = 'read'),
          'failed', count(*) filter (where o.status = 'failed')) as progress,
        coalesce(sum(array_position(array['sent', 'failed', 'delivered', 'read'], o.status)), 0)::int as reports
      from ${outcomes} where r.broadcast_id = b.id
    ) p
    where ${condition} order by b.created_at desc, b.id desc limit ${LISTED}`.execute(db);
  return rows.map((row) => ({ broadcast: present(row), protected: row.protected }));
}

function present(row: LoadedRow): Broadcast {
  return {
    id: row.id,
    caseId: row.case_id,
    folio: row.folio,
    text: row.text,
    templateText: row.template?.text ?? null,
    state: row.state,
    createdBy: { id: row.created_by, name: row.created_by_name },
    createdAt: row.created_at.toISOString(),
    approvedBy: row.approved_by ? { id: row.approved_by, name: row.approved_by_name ?? '' } : null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    progress: row.progress,
    // A report of a message moves the notice on as well, though nobody writes that down twice.
    version: row.version + row.reports,
  };
}

/** Notices of the cases that the actor may see; of one case, if it is named. */
export async function listBroadcasts(db: Db, actor: Actor, caseId?: string): Promise<Broadcast[]> {
  const of = caseId ? sql`b.case_id = ${caseId}` : sql`true`;
  const found = await selectBroadcasts(db, sql`${of} and ${caseSeenBy(actor)}`);
  return found.map(({ broadcast }) => broadcast);
}

/** @throws AppError `not_found` */
export async function loadBroadcast(db: Db, actor: Actor, id: string): Promise<LoadedBroadcast> {
  const [found] = await selectBroadcasts(db, sql`b.id = ${id} and ${caseSeenBy(actor)}`);
  if (!found) throw new AppError('not_found');
  return found;
}

/** A notice with its report, those who were not reached first. @throws AppError `not_found` */
export async function readBroadcast(
  db: Db,
  actor: Actor,
  id: string,
): Promise<{ detail: BroadcastDetail; protected: boolean }> {
  const { broadcast, protected: isProtected } = await loadBroadcast(db, actor, id);
  const [reach, recipients] = await Promise.all([reachOf(db, id), recipientsOf(db, id)]);
  const detail: BroadcastDetail = {
    broadcast,
    reach: counted(reach.map((way) => asSeenBy(actor, way))),
    recipients: recipients.map((row) => {
      const { how, channel } = asSeenBy(actor, row);
      return {
        citizen: { id: row.citizen_id, name: row.name },
        channel,
        how,
        status: row.status,
        reason: row.failure?.reason ?? (row.reason && reasons[row.reason][actor.locale as Locale]),
      };
    }),
  };
  return { detail, protected: isProtected };
}

const reasons: Record<SkipReason, Phrase> = {
  cancelled: {
    es: 'El aviso se canceló antes de llegar a su turno.',
    en: 'The notice was cancelled before their turn.',
  },
  same: {
    es: 'Es la misma persona que otra de esta lista, y ya lo tiene.',
    en: 'They are the same person as another on this list, and have it already.',
  },
};

async function reachOf(db: Db, id: string) {
  const { rows } = await sql<{ channel: ChannelName | null; how: Reach; count: number }>`
    select v.channel, r.how, count(*)::int as count from broadcast_recipient r
    left join conversation v on v.id = r.conversation_id
    where r.broadcast_id = ${id} group by v.channel, r.how`.execute(db);
  return rows;
}

interface RecipientRow {
  citizen_id: string;
  name: string | null;
  channel: ChannelName | null;
  how: Reach;
  status: BroadcastDetail['recipients'][number]['status'];
  failure: Message['failure'];
  reason: SkipReason | null;
}

async function recipientsOf(db: Db, id: string): Promise<RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`
    select r.citizen_id, p.name, w.channel, r.how, o.status, m.failure, r.reason
    from ${outcomes}
    join citizen p on p.id = r.citizen_id
    left join conversation w on w.id = r.conversation_id
    where r.broadcast_id = ${id}
    order by array_position(array['failed', 'skipped', 'pending', 'queued', 'sent', 'delivered', 'read'], o.status),
      p.name nulls last, r.citizen_id
    limit ${SHOWN}`.execute(db);
  return rows;
}
