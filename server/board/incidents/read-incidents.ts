import { type RawBuilder, sql } from 'kysely';
import type { Incident, Surge } from '../../contract/board.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import { isSame } from '../surge/is-same.ts';

/** Of those that are over, the last few are still of interest. */
const MOST_CLOSED = 50;

interface Row {
  id: string;
  title: string;
  topic_id: string;
  colonia_ids: string[];
  place: string | null;
  state: Incident['state'];
  case_id: string;
  folio: string;
  cases: number;
  contacts: number;
  people: number;
  opened_at: Date;
  opened_by_name: string;
  closed_at: Date | null;
}

/** Open ones first, then the newest. */
export const listIncidents = (db: Db): Promise<Incident[]> =>
  load(db, sql`true`, sql`limit ${MOST_CLOSED} + (select count(*) from incident where state = 'open')`);

export const openIncidents = (db: Db): Promise<Incident[]> => load(db, sql`i.state = 'open'`);

/** @throws AppError `not_found` */
export async function readIncident(db: Db, id: string): Promise<Incident> {
  const [incident] = await load(db, sql`i.id = ${id}`);
  if (!incident) throw new AppError('not_found');
  return incident;
}

/** What a contact belongs to, and open ones of what it is about. */
export async function incidentsOfTicket(
  db: Db,
  ticketId: string,
): Promise<{ linked: Incident | null; suggested: Incident[] }> {
  const [linked] = await load(db, sql`i.id = (select incident_id from incident_ticket where ticket_id = ${ticketId})`);
  if (linked) return { linked, suggested: [] };
  const suggested = await load(
    db,
    sql`i.state = 'open' and i.topic_id in (
      select understood from bot_turn where ticket_id = ${ticketId} and certainty = 'sure'
      union all
      select c.service_id from case_ticket k join service_case c on c.id = k.case_id where k.ticket_id = ${ticketId}
    )`,
  );
  return { linked: null, suggested };
}

async function load(db: Db, where: RawBuilder<unknown>, tail: RawBuilder<unknown> = sql``): Promise<Incident[]> {
  const { rows } = await sql<Row>`
    select i.id, i.title, i.topic_id, i.colonia_ids, i.place, i.state, i.case_id, c.folio,
      (select count(*)::int from incident_case l where l.incident_id = i.id) as cases,
      (select count(*)::int from incident_ticket l where l.incident_id = i.id) as contacts,
      (c.citizen_id is not null)::int + c.followers as people,
      i.opened_at, i.opened_by_name, i.closed_at
    from incident i join service_case c on c.id = i.case_id
    where ${where} order by i.state <> 'open', i.opened_at desc, i.id ${tail}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    topicId: row.topic_id,
    coloniaIds: row.colonia_ids,
    place: row.place,
    state: row.state,
    caseId: row.case_id,
    folio: row.folio,
    cases: row.cases,
    contacts: row.contacts,
    people: row.people,
    openedAt: row.opened_at.toISOString(),
    openedBy: row.opened_by_name,
    closedAt: row.closed_at?.toISOString() ?? null,
  }));
}

/** The incident that somebody has already made of it. */
export const incidentOf = (incidents: readonly Incident[], surge: Surge): string | null =>
  incidents.find((incident) => isSame(incident, surge))?.id ?? null;
