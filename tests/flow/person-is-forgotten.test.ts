import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubjectRequest } from '../../server/contract/data.ts';
import { api } from '../../server/contract/routes.ts';
import { replayErasures } from '../../server/data/person/erasure-list.ts';
import { personalRows } from '../../server/data/person/personal-rows.ts';
import { scopeOf } from '../../server/data/person/scope.ts';
import { aContact, type Contact, opens, startCaseCentre } from '../support/case-desk.ts';
import { type ContactCentre, SAMPLE_PASSWORD } from '../support/contact-centre.ts';
import { addTraces, emptyTables, markEverything, undecidedTables, whereIs } from '../support/marked-person.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
/** Two who administer: nobody forgets anybody alone. */
let fernando: OperatorClient;
let lucia: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  fernando = await centre.operator('fernando');
  ana = await centre.operator('ana');
  const email = 'lucia@veracruz.example.org';
  await fernando.call(api.createOperator, {
    body: { name: 'Lucía Vela', email, password: SAMPLE_PASSWORD, role: 'administrator' },
  });
  lucia = await centre.operator('lucia');
});
afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;
const files = () => centre.server.context.files;
const DAY = 86_400;

interface Person extends Contact {
  id: string;
  messageId: string;
}

/** Somebody with a contact that is over. */
async function somebody(said: string): Promise<Person> {
  const contact = await aContact(centre);
  await ana.call(api.takeTicket, { params: { id: contact.ticketId } });
  const { id: messageId } = await contact.resident.say(said);
  const { id } = (await ana.open(contact.ticketId)).citizen;
  return { ...contact, id, messageId };
}

const ask = (person: Person, kind: SubjectRequest['kind']) =>
  fernando.call(api.askForData, { body: { citizenId: person.id, kind } });
const requestBecomes = (id: string, state: SubjectRequest['state']) =>
  until(
    async () => {
      const request = (await fernando.call(api.listSubjectRequests)).find((one) => one.id === id);
      return request?.state === state ? request : null;
    },
    { what: `the request to be ${state}`, timeout: 60_000 },
  );

async function forget(person: Person): Promise<SubjectRequest> {
  const { id } = await ask(person, 'cancellation');
  await lucia.call(api.confirmErasure, { params: { id } });
  centre.clock.advance(3 * DAY + 120);
  return requestBecomes(id, 'done');
}

test('of every table that points at people it is decided what is left of them', async () => {
  expect(await undecidedTables(db())).toEqual([]);
});

test('of somebody who is forgotten nothing is left, in no column of no table and in no file', {
  timeout: 180_000,
}, async () => {
  const mark = 'xochiquetzal7q';
  const person = await somebody(`Soy ${mark} y vivo en la calle de siempre`);
  const { id, ticketId, conversationId, messageId } = person;
  const other = await somebody('Otra persona, que se queda');
  await ana.close(other.ticketId);
  await ana.call(api.updateCitizen, { params: { id }, body: { name: `Ana ${mark}`, email: `${mark}@example.org` } });
  await ana.note(ticketId, `Nota sobre ${mark}`);
  const file = await person.resident.upload(`${mark}.txt`, `recibo de ${mark}`);
  await person.resident.say([{ type: 'media', attachmentId: file.id }]);
  // Two records that turned out to be one person are forgotten as one.
  const twin = await somebody(`También soy ${mark}`);
  for (const { id: each } of [person, twin]) {
    await ana.call(api.updateCitizen, { params: { id: each }, body: { phone: '+522299870001' } });
  }
  await ana.call(api.updateCitizen, { params: { id: twin.id }, body: { name: mark } });
  await ana.close(twin.ticketId);
  await ana.call(api.mergeCitizens, { params: { id }, body: { otherId: twin.id } });
  const opened = await opens(ana, { ticketId, description: `Bache frente a casa de ${mark}` });
  await ana.call(api.changeCaseStatus, {
    params: { id: opened.id },
    body: { status: 'solved', version: opened.version },
  });
  await ana.close(ticketId);
  await addTraces(db(), {
    citizenId: id,
    otherId: other.id,
    ticketId,
    conversationId,
    messageId,
    caseId: opened.id,
    operatorId: ana.id,
    mark,
  });
  await centre.server.context.search.catchUp();
  const scope = await scopeOf(db(), id);
  expect(await emptyTables(db(), scope), 'each table that may know somebody knows them').toEqual([]);
  const before = await whereIs(db(), files(), mark);
  expect(before).toContain('search_entry.said');
  expect(before).toContain('audit_log.after');
  expect(
    before.some((place) => /^\d{4}-\d{2}\//.test(place)),
    'a file',
  ).toBe(true);

  const copy = await requestBecomes((await ask(person, 'access')).id, 'ready');
  const zip = unzipSync(await download(copy.id));
  const data = JSON.parse(Buffer.from(zip['datos.json'] ?? []).toString());
  const told = data.sections.map(({ table }: { table: string }) => table);
  expect(personalRows.map(({ table }) => table).filter((table) => !told.includes(table))).toEqual([]);
  expect(Buffer.from(zip['leeme.html'] ?? []).toString()).toContain(`Soy ${mark} y vivo`);

  await markEverything(db(), scope, mark);
  const figures = await figuresOf(ticketId);
  const done = await forget(person);
  expect(done.person).toMatchObject({ id, name: null, erased: true });
  await centre.server.context.search.catchUp();
  expect(await whereIs(db(), files(), mark)).toEqual([]);

  // What is no data about anybody stays: the number, the folio, the figures, and other people.
  expect((await ana.open(ticketId)).ticket.number).toBeGreaterThan(0);
  expect((await ana.call(api.openCase, { params: { id: opened.id } })).folio).toBe(opened.folio);
  expect(await figuresOf(ticketId)).toEqual(figures);
  expect((await ana.open(other.ticketId)).messages.length).toBeGreaterThan(1);
  const [receipt] = await fernando.call(api.listReceipts, { query: { kind: 'erasure' } });
  expect(receipt).toMatchObject({
    actor: 'Lucía Vela',
    details: { request: done.id, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });

  // The same browser is somebody new.
  const again = await person.resident.say('Hola otra vez');
  expect(again.conversationId).not.toBe(conversationId);
});

async function figuresOf(ticketId: string) {
  return until(
    async () => {
      await centre.server.reconcile();
      const { rows } = await sql`select outcome, transfers, rating, active_seconds, disposition
        from contact_fact f where ticket_id = ${ticketId}
          and not exists (select from contact_stale s where s.ticket_id = f.ticket_id)`.execute(db());
      return rows[0];
    },
    { what: 'the contact to be folded' },
  );
}

async function download(requestId: string): Promise<Uint8Array> {
  const { url } = await fernando.call(api.linkExport, { params: { id: requestId } });
  const open = () => fetch(`${centre.url}${url}`, { headers: { cookie: fernando.cookie } });
  expect((await fetch(`${centre.url}${url}`, { headers: { cookie: ana.cookie } })).status).toBe(403);
  const answer = await open();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect((await open()).status, 'it opens once').toBeGreaterThanOrEqual(400);
  return new Uint8Array(await answer.arrayBuffer());
}

test('whoever was forgotten is forgotten again once an older backup is in place', { timeout: 180_000 }, async () => {
  const person = await somebody('Ya no quiero estar aquí');
  await ana.close(person.ticketId);
  await forget(person);
  // As the backup of yesterday has it.
  await db().updateTable('citizen').set({ name: 'De vuelta', erased_at: null }).where('id', '=', person.id).execute();
  const client = new pg.Client({ connectionString: centre.databaseUrl });
  await client.connect();
  expect(await replayErasures(client, files())).toBe(1);
  await client.end();
  centre.clock.advance(120);
  await until(
    async () => {
      const row = await db().selectFrom('citizen').selectAll().where('id', '=', person.id).executeTakeFirst();
      return row?.name === null && row.erased_at !== null;
    },
    { what: 'the second erasure', timeout: 60_000 },
  );
});

describe('whoever asks to be forgotten', { timeout: 180_000 }, () => {
  test('is not while somebody still owes them an answer, and the city says what it is', async () => {
    const person = await somebody('Tengo un asunto abierto');
    const preview = await fernando.call(api.previewErasure, { params: { id: person.id } });
    expect(preview).toMatchObject({ contacts: 1, blockers: { contacts: [{ id: person.ticketId }], cases: [] } });
    const body = { citizenId: person.id, kind: 'cancellation' as const };
    expect(await fernando.refused(api.askForData, { body })).toMatchObject({ code: 'person_has_open_matters' });
    await ana.close(person.ticketId);
    expect(await ask(person, 'cancellation')).toMatchObject({ state: 'awaiting', respondBy: expect.any(String) });
  });

  test('is not by one person alone, can be taken back in time, and waits for what is opened meanwhile', async () => {
    const person = await somebody('Quiero que me olviden');
    await ana.close(person.ticketId);
    const { id } = await ask(person, 'opposition');
    const params = { id };
    expect(await fernando.refused(api.confirmErasure, { params })).toMatchObject({ code: 'own_confirmation' });
    expect(await lucia.call(api.confirmErasure, { params })).toMatchObject({
      state: 'grace',
      confirmedBy: 'Lucía Vela',
    });
    expect(await fernando.call(api.withdrawErasure, { params })).toMatchObject({ state: 'withdrawn' });

    const second = await ask(person, 'cancellation');
    await lucia.call(api.confirmErasure, { params: { id: second.id } });
    await ana.call(api.reopenTicket, { params: { id: person.ticketId } });
    centre.clock.advance(3 * DAY + 120);
    const waiting = await until(
      async () =>
        (await fernando.call(api.listSubjectRequests)).find((one) => one.id === second.id && one.waitsFor !== null),
      { what: 'the request to wait', timeout: 30_000 },
    );
    expect(waiting).toMatchObject({ state: 'grace', waitsFor: 'contacts' });
    await ana.close(person.ticketId);
    centre.clock.advance(1_000);
    await requestBecomes(second.id, 'done');
  });

  test('is kept while there is a legal hold', async () => {
    const person = await somebody('Hay un juicio');
    await ana.close(person.ticketId);
    const [hold] = await fernando.call(api.placeHold, { body: { citizenId: person.id, reason: 'Oficio 123/2026' } });
    const body = { citizenId: person.id, kind: 'cancellation' as const };
    expect(await fernando.refused(api.askForData, { body })).toMatchObject({ code: 'person_on_hold' });
    await fernando.call(api.releaseHold, { params: { id: hold?.id ?? '' } });
    expect(await ask(person, 'cancellation')).toMatchObject({ state: 'awaiting' });
  });
});
