import { type RawBuilder, sql } from 'kysely';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { Operator } from '../contract/http.ts';
import type { ContactRow, ReportCaseRow, ReportRows, ReportRowsQuery } from '../contract/report.ts';
import { caseMeasures, contactMeasures, reportFilters } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import { counted } from './contact-measures.ts';
import { caseGroupOf, countedCase, countedCases } from './counted-cases.ts';
import { type Counting, countedContacts, groupOf } from './counted-contacts.ts';
import { type Locale, topicsOf } from './label-groups.ts';
import { type Instants, instantsOf } from './report-period.ts';
import { daysWith } from './sums/days-with.ts';

const PAGE = 50;
type Parts = Pick<AppContext, 'city' | 'clock'> & { db: Db };

/** What a number of a report is made of, oldest first. @throws AppError `invalid_input`, `invalid_cursor` */
export async function listReportRows(
  { city, clock, db }: Parts,
  reader: Pick<Operator, 'protectedGrant'>,
  query: ReportRowsQuery,
  locale: Locale,
): Promise<ReportRows> {
  const { measure, by, key, cursor, from, to, ...filter } = query;
  const counting: Counting = {
    ...instantsOf({ from, to }, city),
    now: clock.now(),
    timeZone: city.timeZone,
    filter,
    protectedToo: reader.protectedGrant,
  };
  const contactMeasure = contactMeasures.find((each) => each === measure);
  const caseMeasure = caseMeasures.find((each) => each === measure);
  if (contactMeasure) {
    const topics = topicsOf(city, locale);
    const within = await withinDays(db, counting, contactMeasure, by, key, cursor);
    const asked = within ? { ...counting, within } : counting;
    const rows =
      within?.length === 0
        ? []
        : await contactRows(db, asked, counted[contactMeasure].when, groupOf(by, city.timeZone), key, cursor);
    const contacts = rows.map(
      ({ topic, queue, beganAt, ...row }): ContactRow => ({
        ...row,
        topic: topic && (topics.get(topic) ?? topic),
        queue: queue && (queue[locale] || queue.es),
        beganAt: beganAt.toISOString(),
      }),
    );
    return {
      contacts: contacts.slice(0, PAGE),
      cases: [],
      nextCursor: next(contacts, ({ beganAt, ticketId }) => `${beganAt}_${ticketId}`),
    };
  }
  const cases = caseMeasure ? countedCases(counting) : null;
  if (!caseMeasure || !cases) return { contacts: [], cases: [], nextCursor: null };
  const services = new Map(city.services.map(({ id, title }) => [id, title]));
  const found = (await caseRows(db, cases, countedCase[caseMeasure].when, caseGroupOf(by), key, cursor)).map(
    ({ openedAt, closedAt, ...row }): ReportCaseRow => ({
      ...row,
      service: (locale === 'en' && city.english[row.service]) || (services.get(row.service) ?? row.service),
      department: city.departments[row.department] ?? row.department,
      openedAt: openedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
    }),
  );
  return {
    contacts: [],
    cases: found.slice(0, PAGE),
    nextCursor: next(found, ({ openedAt, caseId }) => `${openedAt}_${caseId}`),
  };
}

/** The days in which the next page is found, where that is known. */
async function withinDays(
  db: Db,
  counting: Counting,
  measure: (typeof contactMeasures)[number],
  by: ReportRowsQuery['by'],
  key: string | undefined,
  cursor: string | undefined,
): Promise<Instants[] | undefined> {
  if (by === 'day' && key !== undefined && /^\d{4}-\d\d-\d\d$/.test(key)) {
    const { from, to } = instantsOf({ from: key, to: key }, counting);
    return from >= counting.from && to <= counting.to ? [{ from, to }] : [];
  }
  const part = key === undefined ? undefined : reportFilters.find((each) => each === by);
  // Of an hour of the day no sum of days tells how many there are.
  if (key !== undefined && !part) return undefined;
  const filter = part ? { ...counting.filter, [part]: key } : counting.filter;
  const [, at] = CURSOR.exec(cursor ?? '') ?? [];
  return daysWith(db, { ...counting, filter }, measure, at ? new Date(at) : counting.from, PAGE + 1);
}

type StoredContact = Omit<ContactRow, 'beganAt' | 'queue'> & {
  beganAt: Date;
  queue: { es: string; en: string } | null;
};

async function contactRows(
  db: Db,
  counting: Counting,
  when: RawBuilder<boolean>,
  group: RawBuilder<string> | null,
  key: string | undefined,
  cursor: string | undefined,
): Promise<StoredContact[]> {
  const { rows } = await sql<StoredContact>`
    select f.ticket_id as "ticketId", t.number, f.channel, q.name as queue, o.name as operator, f.topic, f.outcome,
      f.began_at as "beganAt", f.waited_seconds as "waitedSeconds", f.rating,
      f.active_seconds + f.hold_seconds + f.wrap_seconds + f.wrap_beside_seconds as "handledSeconds"
    from ${countedContacts(counting)} f join ticket t on t.id = f.ticket_id
    left join queue q on q.id = f.queue_id left join operator o on o.id = f.operator_id
    where ${when} and ${isIn(group, key)} and ${after(cursor, sql`(f.began_at, f.ticket_id)`)}
    order by f.began_at, f.ticket_id limit ${PAGE + 1}`.execute(db);
  return rows;
}

type StoredCase = Omit<ReportCaseRow, 'openedAt' | 'closedAt'> & { openedAt: Date; closedAt: Date | null };

async function caseRows(
  db: Db,
  cases: RawBuilder<unknown>,
  when: RawBuilder<boolean>,
  group: RawBuilder<string> | null,
  key: string | undefined,
  cursor: string | undefined,
): Promise<StoredCase[]> {
  const { rows } = await sql<StoredCase>`
    select k.id as "caseId", k.folio, k.service_id as service, k.department_id as department,
      k.opened_at as "openedAt", k.promised_for as "promisedFor", k.closed_at as "closedAt"
    from ${cases} k where ${when} and ${isIn(group, key)} and ${after(cursor, sql`(k.opened_at, k.id)`)}
    order by k.opened_at, k.id limit ${PAGE + 1}`.execute(db);
  return rows;
}

const isIn = (group: RawBuilder<string> | null, key: string | undefined): RawBuilder<boolean> =>
  group && key !== undefined ? sql`${group} = ${key}` : sql`true`;

/** An instant to the millisecond, as JavaScript knows it, and an id. */
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f-]{36})$/;

function after(cursor: string | undefined, place: RawBuilder<unknown>): RawBuilder<boolean> {
  if (cursor === undefined) return sql`true`;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !id) throw new AppError('invalid_cursor');
  return sql`${place} > (${at}::timestamptz, ${id}::uuid)`;
}

function next<Row>(rows: readonly Row[], cursorOf: (row: Row) => string): string | null {
  const last = rows[PAGE - 1];
  return rows.length > PAGE && last ? cursorOf(last) : null;
}
