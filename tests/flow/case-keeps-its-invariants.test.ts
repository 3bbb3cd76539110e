import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseMap } from '../../server/cases/case-map.ts';
import { findDuplicates } from '../../server/cases/find-duplicates.ts';
import { listCases } from '../../server/cases/list-cases.ts';
import { listCasesSchema } from '../../server/contract/case.ts';
import { type CaseStatus, caseStatuses, isCaseOpen, nextCaseStatuses } from '../../server/contract/case-status.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, inTown, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { plansOf } from '../support/query-plans.ts';

let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
});
afterAll(() => centre?.stop());

const command = fc.oneof(
  fc.record({ do: fc.constant('step' as const), to: fc.constantFrom(...caseStatuses) }),
  fc.record({ do: fc.constantFrom('note', 'update', 'edit', 'follow', 'reopen') }),
);

test('whatever is done to a case, its story tells all of it, and it is closed when it says so', async () => {
  const { ticketId } = await aContact(centre);
  const { cases, database } = centre.server.context;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
      const { id, folio } = await opens(ana);
      const params = { id };
      const key = { folio, secret: cases.secrets.ofReporter(id) };
      for (const next of commands) {
        const { version, status } = await ana.call(api.openCase, { params });
        const text = { clientId: crypto.randomUUID(), text: 'Algo' };
        if (next.do === 'note') await ana.call(api.addCaseNote, { params, body: text });
        if (next.do === 'update') await ana.call(api.addCaseUpdate, { params, body: text });
        if (next.do === 'edit') await ana.call(api.editCase, { params, body: { version, description: text.clientId } });
        if (next.do === 'follow') await ana.call(api.followCaseFor, { params, body: { ticketId } });
        if (next.do === 'reopen') {
          const again = { body: { ...key, text: 'Sigue' } };
          if (isCaseOpen(status)) await ana.refused(api.reopenFolio, again);
          else await ana.call(api.reopenFolio, again);
        }
        if (next.do === 'step') await take(next.to, { version, status }, params);
      }
      const row = await database.db
        .selectFrom('service_case')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const events = await database.db.selectFrom('case_event').selectAll().where('case_id', '=', id).execute();
      const versions = events.map((event) => event.version).sort((one, other) => (one ?? 0) - (other ?? 0));
      expect(versions).toEqual(Array.from({ length: row.version }, (_, index) => index + 1));
      expect(row.closed_at !== null).toBe(!isCaseOpen(row.status));
      expect(row.reason !== null).toBe(row.status === 'rejected');
      expect(row.owner !== null).toBe(row.status === 'not_ours');
      expect(row.facts_version).toBeLessThanOrEqual(row.version);
    }),
    { numRuns: 12 },
  );
});

async function take(to: CaseStatus, from: { version: number; status: CaseStatus }, params: { id: string }) {
  const body = { status: to, version: from.version, reason: 'No procede', owner: 'La CFE' };
  if (nextCaseStatuses[from.status].includes(to)) await ana.call(api.changeCaseStatus, { params, body });
  else expect(await ana.refused(api.changeCaseStatus, { params, body })).toMatchObject({ code: 'wrong_case_step' });
}

test('lists, search, map and what lies nearby use indexes, with 30,000 cases', async () => {
  const { database, city, clock } = centre.server.context;
  const { db } = database;
  await sql`
    insert into service_case (id, folio, service_id, department_id, status, priority, description, latitude, longitude,
      colonia_id, protected, opened_at, promised_for, working_days, closed_at, search, version, facts_version, updated_at)
    select gen_random_uuid(), 'VER-2020-' || lpad(n::text, 6, '0'), 'servicio-' || n % 40, 'area-' || n % 25,
      case when n % 20 = 0 then 'received' else 'solved' end, 2, 'x', 19 + n * 0.00001, -96 - n * 0.00001,
      'colonia-' || n % 200, false, now() - n * interval '1 minute', current_date - n % 300, 5,
      case when n % 20 = 0 then null else now() end, md5(n::text) || ' ' || md5((n * 7)::text), 1, 1, now()
    from generate_series(1, 30000) n`.execute(db);
  await sql`vacuum analyze service_case`.execute(db);
  const seen = await plansOf(database, /from "?service_case/, async () => {
    const actor = { ...ana.session.operator };
    const list = (query: object) => listCases(db, city, actor, listCasesSchema.parse(query), '2026-11-22');
    await list({});
    await list({ state: 'all' });
    await list({ departmentId: 'area-3' });
    await list({ serviceId: 'servicio-7', state: 'all' });
    await list({ coloniaId: 'colonia-9', state: 'all' });
    await list({ late: 'true' });
    await list({ q: 'abc123', state: 'all' });
    await caseMap(db, actor, listCasesSchema.parse({ departmentId: 'area-3' }), '2026-11-22');
    await findDuplicates(db, city, 'bache', inTown, clock.now());
  });
  expect(seen.length).toBeGreaterThan(12);
  for (const { text, plan } of seen) {
    // Counting everything reads everything, up to the bound.
    if (/counted/.test(text) && !/department_id|service_id|colonia_id|search/.test(text)) continue;
    expect(plan, text).not.toContain('Seq Scan on service_case');
  }
});
