import { sql } from 'kysely';
import type { KnownCase } from '../contract/bot.ts';
import type { Locale } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { CaseParts } from './case-parts.ts';
import { followsOf, secretFor } from './followers-secret.ts';
import { folioLink, shownSecret } from './secret.ts';
import { serviceTitle } from './services.ts';
import { whereForAnybody, whereInWords } from './where.ts';
import type { Holder } from './who-holds.ts';

/** A case as the bot may speak of it to whom it belongs. */
export async function knownCase(
  db: Db,
  { city, secrets, publicUrl }: CaseParts,
  { row, isReporter, citizenId }: Holder,
  locale: Locale,
): Promise<KnownCase> {
  const follows = isReporter || !citizenId ? null : await followsOf(db, row.id, [citizenId]);
  const secret = follows && citizenId ? secretFor(secrets, row, citizenId, follows) : secrets.ofReporter(row.id);
  return {
    id: row.id,
    folio: row.folio,
    serviceId: row.service_id,
    title: serviceTitle(city, row.service_id, locale),
    status: row.status,
    promisedFor: row.promised_for,
    workingDays: row.working_days,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    owner: row.owner,
    reason: row.reason,
    where: isReporter ? whereInWords(row) : whereForAnybody(row),
    lastUpdate: await lastUpdate(db, row.id),
    secret: shownSecret(secret),
    link: folioLink(publicUrl, row.folio, secret),
  };
}

/** The last words of the city; what citizens said themselves is none. */
async function lastUpdate(db: Db, caseId: string): Promise<KnownCase['lastUpdate']> {
  const event = await db
    .selectFrom('case_event')
    .select(['at', sql<string>`data->>'text'`.as('text')])
    .where('case_id', '=', caseId)
    .where('public', '=', true)
    .where('type', 'in', ['update', 'status_changed'])
    .where(sql<boolean>`data ? 'text'`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return event ? { at: event.at.toISOString(), text: event.text } : null;
}
