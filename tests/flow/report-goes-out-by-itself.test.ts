import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ReportSchedule } from '../../server/contract/report-schedule.ts';
import { api } from '../../server/contract/routes.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { planDueReports } from '../../server/reports/schedules/plan-runs.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, writeStories } from '../support/contact-stories.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { readPdf } from '../support/read-pdf.ts';
import { until } from '../support/until.ts';

const DAY = 86_400;
const OUTSIDER = 'alcaldia@veracruz.example.net';

let mail: MailServer;
let centre: ContactCentre;
let elena: OperatorClient;
let fernando: OperatorClient;
/** What the mail server answers to these addresses. */
const refused = new Map<string, string>();

beforeAll(async () => {
  mail = await startMailServer({
    onRcptTo({ address }, _session, done) {
      const answer = refused.get(address);
      done(answer ? Object.assign(new Error(answer), { responseCode: Number(answer.slice(0, 3)) }) : undefined);
    },
  });
  centre = await startContactCentre({ settings: mail.settings });
  [elena, fernando] = await Promise.all([centre.operator('elena'), centre.operator('fernando')]);
  const { database, clock } = centre.server.context;
  const stories = writeStories({
    seed: 5,
    contacts: 40,
    from: new Date(clock.now().getTime() - 3 * DAY * 1_000),
    hours: 60,
    operatorIds: [elena.id],
    queueIds: ['general', 'servicios'],
  });
  await database.transaction((tx) => storeStories(tx, stories));
  await rebuildFacts(centre.server.context);
});

afterEach(async () => {
  for (const { id } of (await fernando.call(api.listReportSchedules)).schedules) {
    await fernando.call(api.deleteReportSchedule, { params: { id } });
  }
  mail.accepted.length = 0;
  refused.clear();
});

afterAll(async () => {
  await centre?.stop();
  await mail?.stop();
});

const draft = {
  name: 'Cada mañana',
  view: {
    period: 'yesterday' as const,
    compare: 'before' as const,
    figures: ['volume' as const, 'serviceLevel' as const],
    by: 'queue' as const,
    filter: { channel: 'chat' as const },
  },
  pdf: false,
  every: 'day' as const,
  onDay: null,
  hour: 7,
  minute: 0,
  recipients: ['elena@veracruz.example.org'],
};

const schedule = async (change: object = {}): Promise<string> =>
  (await elena.call(api.createReportSchedule, { body: { ...draft, ...change } })).id;
const read = async (id: string): Promise<ReportSchedule> => {
  const { schedules } = await fernando.call(api.listReportSchedules);
  const found = schedules.find((each) => each.id === id);
  if (!found) throw new Error('It is not listed');
  return found;
};
const lastRun = async (id: string) => (await read(id)).lastRun;
const settled = (id: string) =>
  until(
    async () => {
      const run = await lastRun(id);
      return run && run.state !== 'waiting' ? run : null;
    },
    { what: 'the report to have gone out, or not', timeout: 60_000 },
  );
/** Plans what is due, as the server does every few seconds. */
const round = () =>
  centre.server.context.unitOfWork((unit) => planDueReports(unit, centre.server.context.city.timeZone));
const passUntil = async (id: string, hours: number) => {
  const { nextAt } = await read(id);
  const ahead = (Date.parse(nextAt ?? '') - centre.clock.now().getTime()) / 1_000;
  centre.clock.advance(ahead + hours * 3_600);
  await round();
};

test('at its hour it leaves once, readable and with a workbook, and again the next day', async () => {
  const id = await schedule();
  const { nextAt } = await read(id);
  expect(new Date(nextAt ?? '').toLocaleTimeString('sv', { timeZone: 'America/Mexico_City' })).toBe('07:00:00');
  await passUntil(id, 0);
  await Promise.all([round(), round()]);
  const run = await settled(id);
  expect(run).toMatchObject({ state: 'sent', missed: 0, fault: null });
  expect(mail.accepted).toHaveLength(1);

  const [letter] = mail.accepted;
  expect(letter?.subject).toMatch(/^Cada mañana: \d+ de \w+ de \d{4}$/);
  expect(letter?.headers.get('auto-submitted')).toBe('auto-generated');
  const { total, groups } = await elena.call(api.report, {
    query: { ...(run.period ?? { from: '', to: '' }), channel: 'chat', by: 'queue' },
  });
  expect(letter?.text).toContain(`Contactos: ${total.contacts}`);
  expect(letter?.text).toContain('Canal: Chat');
  for (const { label, measured } of groups) expect(letter?.text).toContain(`${label}: Contactos ${measured.contacts}`);
  expect(letter?.html).toContain('Cómo se cuenta');
  expect(letter?.html).not.toContain('debía salir');
  const [workbook] = letter?.attachments ?? [];
  expect(workbook?.filename).toBe(`reporte-${run.period?.from}-${run.period?.to}.xlsx`);
  const sheet = Buffer.from(
    unzipSync(new Uint8Array(workbook?.content ?? Buffer.alloc(0)))['xl/worksheets/sheet1.xml'] ?? [],
  ).toString();
  expect(sheet).toContain(`<v>${total.contacts}</v>`);

  const next = (await read(id)).nextAt;
  expect(Date.parse(next ?? '') - Date.parse(nextAt ?? '')).toBe(DAY * 1_000);
});

test('what was missed while nothing ran leaves once, late, and says so', async () => {
  const id = await schedule();
  await passUntil(id, 3 * 24 + 2);
  const run = await settled(id);
  expect(run).toMatchObject({ state: 'sent', missed: 3 });
  expect(mail.accepted).toHaveLength(1);
  expect(mail.accepted[0]?.text).toContain('No salieron 3 anteriores');
  await round();
  expect((await elena.call(api.listReportRuns, { params: { id } })).length).toBe(1);
});

test('an address of nobody in the console waits for an administrator; one that is refused keeps no other from it', async () => {
  refused.set('ana@veracruz.example.org', '550 5.1.1 no such user');
  const id = await schedule({ recipients: [OUTSIDER, 'ana@veracruz.example.org', 'elena@veracruz.example.org'] });
  await elena.call(api.sendReportNow, { params: { id } });
  const first = await settled(id);
  expect(first.state).toBe('partly');
  expect(first.letters).toMatchObject([
    { address: OUTSIDER, state: 'failed', reason: 'not_approved' },
    { address: 'ana@veracruz.example.org', state: 'failed', reason: expect.stringMatching(/dirección no existe/) },
    { address: 'elena@veracruz.example.org', state: 'sent' },
  ]);
  await elena.refused(api.approveReportRecipients, { params: { id } });
  await fernando.call(api.approveReportRecipients, { params: { id } });
  centre.clock.advance(1);
  await elena.call(api.sendReportNow, { params: { id } });
  await mail.mailTo(OUTSIDER);
  await settled(id);
});

test('while the mail server is away it is tried again, and leaves no twice', async () => {
  refused.set('elena@veracruz.example.org', '421 4.3.2 come back later');
  const id = await schedule();
  await elena.call(api.sendReportNow, { params: { id } });
  await until(async () => (await lastRun(id))?.fault === 'unreachable', { what: 'the first try to fail' });
  refused.clear();
  centre.clock.advance(120);
  await round();
  expect((await settled(id)).state).toBe('sent');
  expect(mail.accepted).toHaveLength(1);
});

test('it stops with its owner, says why, and goes on in the name of whoever resumes it', async () => {
  const id = await schedule();
  const { db } = centre.server.context.database;
  await db.updateTable('operator').set({ role: 'operator' }).where('id', '=', elena.id).execute();
  await passUntil(id, 0);
  await until(async () => (await read(id)).state === 'stopped', { what: 'the report to stop' });
  expect(await read(id)).toMatchObject({
    stoppedBy: 'owner_may_not',
    nextAt: null,
    lastRun: { fault: 'owner_may_not' },
  });
  expect(mail.accepted).toHaveLength(0);
  await db.updateTable('operator').set({ role: 'supervisor' }).where('id', '=', elena.id).execute();
  await fernando.call(api.pauseReportSchedule, { params: { id }, body: { paused: false } });
  expect(await read(id)).toMatchObject({ state: 'active', owner: { id: fernando.id } });
});

test('the report of the month comes along as a PDF; somebody else changes nothing', async () => {
  const id = await schedule({
    name: 'Para la alcaldesa',
    view: { ...draft.view, period: 'lastMonth', filter: {} },
    every: 'month',
    onDay: 1,
    pdf: true,
  });
  const ana = await centre.operator('ana');
  expect((await ana.refused(api.deleteReportSchedule, { params: { id } })).status).toBe(403);
  await elena.call(api.sendReportNow, { params: { id } });
  await settled(id);
  const pdf = mail.accepted[0]?.attachments.find(({ contentType }) => contentType === 'application/pdf');
  const { pages } = readPdf(new Uint8Array(pdf?.content ?? Buffer.alloc(0)));
  expect(pages[0]).toContain('Informe del mes');
  const log = await fernando.call(api.listAudit, { query: {} });
  expect(log.entries.map(({ action }) => action)).toContain('report_schedule.created');
});
