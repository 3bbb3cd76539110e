import { sql } from 'kysely';
import type { PendingInvitation, PersonView } from '../contract/access.ts';
import type { Db } from '../database/database.ts';
import { loadPresences } from '../routing/presence.ts';
import { loadStandings } from './load-people.ts';

/** Everybody of the console, with how they come in; whoever is disabled last. */
export async function listPeople(db: Db, now: Date): Promise<PersonView[]> {
  const [standings, presences, sessions, invitations] = await Promise.all([
    loadStandings(db, now),
    loadPresences(db),
    countSessions(db, now),
    pendingInvitations(db, now),
  ]);
  const presenceOf = new Map(presences.map((presence) => [presence.operatorId, presence]));
  return standings.map(({ me: { permissions: _, ...person } }) => ({
    ...person,
    presence: presenceOf.get(person.id) ?? null,
    sessions: sessions.get(person.id) ?? 0,
    invitation: invitations.get(person.id) ?? null,
  }));
}

async function countSessions(db: Db, now: Date): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ user_id: string; count: number }>`
    select user_id, count(*)::int as count from auth_session where expires_at > ${now} group by user_id`.execute(db);
  return new Map(rows.map(({ user_id: id, count }) => [id, count]));
}

async function pendingInvitations(db: Db, now: Date): Promise<ReadonlyMap<string, PendingInvitation>> {
  const rows = await db.selectFrom('invitation').selectAll().where('expires_at', '>', now).execute();
  return new Map(
    rows.map((row) => [
      row.operator_id,
      {
        kind: row.kind,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        openedAt: row.opened_at?.toISOString() ?? null,
        mail: row.mail_state && {
          state: row.mail_state,
          reason: row.mail_reason,
          sentAt: row.mailed_at?.toISOString() ?? null,
        },
      },
    ]),
  );
}
