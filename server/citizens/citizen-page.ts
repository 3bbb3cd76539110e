import { sql } from 'kysely';
import { casesOfCitizen } from '../cases/list-cases.ts';
import type { CitizenContacts, CitizenNote, CitizenPage } from '../contract/citizen-page.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import { loadCitizen } from '../conversations/citizens.ts';
import { selectSummaries } from '../conversations/ticket-summaries.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { asToldTo } from '../operators/desk/as-told-to.ts';
import { ticketSeenBy } from '../operators/ticket-seen-by.ts';
import { acquaintances } from './citizen-access.ts';
import { livingId } from './living.ts';
import { warningsOf } from './warnings.ts';

const FIRST_CONTACTS = 20;
const NOTES = 20;
/** Contacts whose notes are looked at, newest first. */
const NOTED_CONTACTS = 200;

/** Everything about one person as far as the reader may know it. @throws AppError `not_found` */
export async function openCitizen(db: Db, city: City, actor: Actor, askedId: string, now: Date): Promise<CitizenPage> {
  const id = await livingId(db, askedId);
  const isProtected = await mustKnow(db, actor, id);
  const [citizen, warnings, notes, cases, contacts] = await Promise.all([
    loadCitizen(db, id),
    warningsOf(db, id, now, actor.protectedGrant),
    notesOf(db, actor, id),
    casesOfCitizen(db, city, actor, id),
    contactsOf(db, actor, id, { limit: FIRST_CONTACTS }),
  ]);
  return { citizen, warnings, notes, cases, protected: isProtected && actor.protectedGrant, ...contacts };
}

/** A further page of their contacts. @throws AppError `not_found` */
export async function listCitizenContacts(
  db: Db,
  actor: Actor,
  askedId: string,
  page: { before?: number | undefined; limit: number },
): Promise<CitizenContacts> {
  const id = await livingId(db, askedId);
  await mustKnow(db, actor, id);
  return contactsOf(db, actor, id, page);
}

async function mustKnow(db: Db, actor: Actor, id: string): Promise<boolean> {
  const acquaintance = (await acquaintances(db, actor, [id])).get(id);
  if (!acquaintance?.known) throw new AppError('not_found');
  return acquaintance.protected;
}

/** That contacts of other queues took place is told; what was said in them is not. */
async function contactsOf(
  db: Db,
  actor: Actor,
  id: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<CitizenContacts> {
  const found = await selectSummaries(
    db,
    sql`where t.citizen_id = ${id} and (${actor.protectedGrant} or not t.protected)
      and ${before ? sql`t.number < ${before}::bigint` : sql`true`}
      order by t.number desc limit ${limit + 1}`,
  );
  const contacts = found.slice(0, limit).map((contact) => asToldTo(actor, contact));
  return { contacts, next: found.length > limit ? (contacts.at(-1)?.number ?? null) : null };
}

interface NoteRow {
  id: number;
  ticket_id: string;
  number: number;
  text: string;
  by: string | null;
  at: Date;
}

async function notesOf(db: Db, actor: Actor, id: string): Promise<CitizenNote[]> {
  const { rows } = await sql<NoteRow>`
    select e.id, e.ticket_id, t.number, e.data ->> 'text' as text, e.actor_name as by, e.at
    from (
      select t.id, t.number from ticket t where t.citizen_id = ${id} and ${ticketSeenBy(actor)}
      order by t.number desc limit ${NOTED_CONTACTS}
    ) t
    join ticket_event e on e.ticket_id = t.id and e.type = 'note'
    order by e.id desc limit ${NOTES}`.execute(db);
  return rows.map(({ ticket_id: ticketId, number, at, ...note }) => ({
    ...note,
    ticketId,
    ticketNumber: number,
    at: at.toISOString(),
  }));
}
