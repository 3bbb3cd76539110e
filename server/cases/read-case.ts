import type { CaseDetail } from '../contract/case.ts';
import type { City } from '../contract/city.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import type { CaseRow } from './case-row.ts';
import { presentCase, presentCaseEvent } from './present-case.ts';

/** Lines of the story that are shown; the newest ones of an endless story. */
const EVENTS = 500;

/** A case with everything about it. Whether the reader may see it was asked before. */
export async function readCase(
  db: Db,
  city: City,
  actor: Pick<Actor, 'protectedGrant'>,
  row: CaseRow,
): Promise<CaseDetail> {
  const [citizen, attachments, events, tickets] = await Promise.all([
    row.citizen_id
      ? db
          .selectFrom('citizen')
          .select(['id', 'name', 'phone', 'email'])
          .where('id', '=', row.citizen_id)
          .executeTakeFirst()
      : null,
    db
      .selectFrom('case_attachment as f')
      .innerJoin('attachment as a', 'a.id', 'f.attachment_id')
      .select(['a.id', 'a.name', 'a.mime_type as mimeType', 'a.size'])
      .where('f.case_id', '=', row.id)
      .orderBy('f.added_at')
      .orderBy('a.id')
      .execute(),
    db.selectFrom('case_event').selectAll().where('case_id', '=', row.id).orderBy('id', 'desc').limit(EVENTS).execute(),
    db
      .selectFrom('case_ticket as l')
      .innerJoin('ticket as t', 't.id', 'l.ticket_id')
      .select(['t.id', 't.number', 't.channel', 't.created_at'])
      .where('l.case_id', '=', row.id)
      .where((where) => (actor.protectedGrant ? where.lit(true) : where('t.protected', '=', false)))
      .orderBy('t.number', 'desc')
      .execute(),
  ]);
  return {
    ...presentCase(city, row),
    citizen: citizen ?? null,
    affected: row.affected,
    safeContact: row.safe_contact,
    owner: row.owner,
    reason: row.reason,
    attachments,
    answers: row.answers ?? [],
    events: events.reverse().map(presentCaseEvent),
    tickets: tickets.map((ticket) => ({
      id: ticket.id,
      number: ticket.number,
      channel: ticket.channel,
      at: ticket.created_at.toISOString(),
    })),
  };
}
