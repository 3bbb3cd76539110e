import type { PublicCase } from '../contract/case.ts';
import { isCaseOpen } from '../contract/case-status.ts';
import type { City } from '../contract/city.ts';
import type { Point } from '../contract/place.ts';
import type { Db } from '../database/database.ts';
import type { CaseEventRow, CaseRow } from './case-row.ts';
import { serviceTitle } from './services.ts';
import { whereForAnybody, whereInWords } from './where.ts';
import type { Holder } from './who-holds.ts';

/** A case as whoever has its secret sees it. Who filed it sees their own words and the whole address; others do not. */
export async function publicCase(db: Db, city: City, { row, isReporter }: Holder): Promise<PublicCase> {
  const story = await db
    .selectFrom('case_event')
    .selectAll()
    .where('case_id', '=', row.id)
    .where('public', '=', true)
    .orderBy('id')
    .execute();
  return {
    folio: row.folio,
    service: { es: serviceTitle(city, row.service_id, 'es'), en: serviceTitle(city, row.service_id, 'en') },
    department: city.departments[row.department_id] ?? city.contactName,
    status: row.status,
    owner: row.owner,
    reason: row.reason,
    where: isReporter ? whereInWords(row) : whereForAnybody(row),
    point: isReporter ? exactPoint(row) : pointForAnybody(row),
    description: isReporter ? row.description : null,
    answers: isReporter ? (row.answers ?? []) : [],
    openedAt: row.opened_at.toISOString(),
    promisedFor: row.promised_for,
    workingDays: row.working_days,
    closedAt: row.closed_at?.toISOString() ?? null,
    followers: row.followers,
    story: story.map(chapter),
    mayReopen: !isCaseOpen(row.status),
  };
}

/** What the city told. Words of citizens are kept inside. */
function chapter(event: CaseEventRow): PublicCase['story'][number] {
  const { status, text } = event.data;
  const told = event.type === 'reopened_by_citizen' ? null : text;
  return {
    at: event.at.toISOString(),
    status: event.type === 'opened' ? 'received' : ((status as PublicCase['status'] | undefined) ?? null),
    text: typeof told === 'string' ? told : null,
  };
}

const exactPoint = (row: CaseRow): Point | null =>
  row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude };

/** To about ten metres: enough to find a pothole, not to tell one door from the next. */
export function pointForAnybody(row: Pick<CaseRow, 'latitude' | 'longitude'>): Point | null {
  if (row.latitude === null || row.longitude === null) return null;
  return { latitude: Number(row.latitude.toFixed(4)), longitude: Number(row.longitude.toFixed(4)) };
}
