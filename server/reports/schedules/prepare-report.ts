import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { OutgoingLetter } from '../../contract/email.ts';
import type { Report } from '../../contract/report.ts';
import { comparedPeriod, presetPeriod } from '../../contract/report-periods.ts';
import type { Person } from '../../operators/load-people.ts';
import { xlsxOf } from '../export-report.ts';
import { makeMonthReport } from '../monthly/make-month-report.ts';
import { makeReport } from '../report.ts';
import { composeReport } from './compose-report.ts';
import { peopleAt } from './recipients.ts';
import type { ScheduleRow } from './save-schedule.ts';
import type { RunRow, SendParts } from './send-parts.ts';

export interface PreparedReport {
  letterTo(address: string): OutgoingLetter;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Makes what a run sends, once for all its addresses, with the figures that its owner and every reader may see. */
export async function prepareReport(
  parts: SendParts,
  { owner, schedule, run }: { owner: Person; schedule: ScheduleRow; run: RunRow },
): Promise<PreparedReport> {
  const { database, city, clock, letters, cases } = parts;
  const { from } = letters;
  if (!from) throw new Error('No mailbox has an outgoing server');
  const { view } = schedule;
  const locale = owner.locale;
  const due = DateTime.fromJSDate(run.due_at, { zone: city.timeZone }).toFormat('yyyy-MM-dd');
  const period = presetPeriod(view.period, due);
  await database.db
    .updateTable('report_run')
    .set({ period_from: period.from, period_to: period.to })
    .where('id', '=', run.id)
    .execute();

  const addresses = schedule.recipients.map(({ address }) => address);
  const people = await peopleAt(database.db, addresses);
  const reader = {
    protectedGrant: owner.protectedGrant && addresses.every((address) => people.get(address)?.protectedGrant),
  };
  const before = comparedPeriod(period, view.compare);
  const asked = {
    ...period,
    ...view.filter,
    ...(before ? { compareFrom: before.from, compareTo: before.to } : {}),
  };
  const make = (by: Report['by']) => makeReport({ city, clock, db: database.db }, reader, { ...asked, by }, locale);
  const whole = await make('none');
  const parted = view.by === 'none' ? whole : await make(view.by);

  const attachments = [
    { name: `reporte-${period.from}-${period.to}.xlsx`, type: XLSX, content: await xlsxOf(parted, locale) },
  ];
  if (schedule.pdf) {
    const content = await makeMonthReport({ city, clock, db: database.db }, reader, period.from.slice(0, 7), locale);
    attachments.push({ name: `informe-${period.from.slice(0, 7)}.pdf`, type: 'application/pdf', content });
  }
  const { subject, text, html } = composeReport({
    city,
    locale,
    name: schedule.name,
    owner: owner.name,
    figures: view.figures,
    whole,
    parted,
    late: lateness(run, clock.now(), city.timeZone),
    link: linkTo(cases.publicUrl, view, period),
    settings: `${cases.publicUrl}/console/reports/schedules`,
  });

  return {
    letterTo: (address) => ({
      internetMessageId: `${run.id}.${createHash('sha256').update(address).digest('hex').slice(0, 16)}@${from.address.split('@')[1]}`,
      mailbox: from.id,
      from: { address: from.address, name: from.name },
      replyTo: { address: owner.email, name: owner.name },
      to: [{ address, name: people.get(address)?.name ?? null }],
      cc: [],
      bcc: [],
      subject,
      text,
      html,
      signature: null,
      quoted: null,
      inReplyTo: null,
      references: [],
      attachments,
      automatic: 'generated',
      unsubscribe: null,
      locale,
      timeZone: city.timeZone,
    }),
  };
}

/** Mail that leaves a little after its minute is on time. */
const LATE_MS = 30 * 60_000;

/** When it was to leave, should that be long ago, and how many before it nobody sent. */
function lateness(
  { why, due_at: dueAt, missed }: RunRow,
  now: Date,
  timeZone: string,
): { due: DateTime; missed: number } | null {
  if (why === 'asked' || (missed === 0 && now.getTime() - dueAt.getTime() < LATE_MS)) return null;
  return { due: DateTime.fromJSDate(dueAt, { zone: timeZone }), missed };
}

function linkTo(
  publicUrl: string,
  { by, compare, filter, figures }: ScheduleRow['view'],
  period: { from: string; to: string },
) {
  const query = new URLSearchParams({
    ...period,
    compare,
    by,
    ...(figures[0] ? { figure: figures[0] } : {}),
    ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
  });
  return `${publicUrl}/console/reports?${query}`;
}
