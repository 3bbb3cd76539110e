import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RetentionClass } from '../../server/contract/data-words.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let fernando: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
  fernando = await centre.operator('fernando');
});
afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;
const DAY = 86_400;

// Whatever the content of the sample city says: each test has the one rule that it is about.
beforeEach(async () => {
  await until(async () => (await fernando.call(api.listRetention)).runningSince === null, { what: 'no run' });
  // Contacts are put into the past, where no rule looks twice.
  await db().deleteFrom('retention_progress').execute();
  const { rules } = await fernando.call(api.listRetention);
  for (const { id, days } of rules) if (days !== null) await keep(id, null);
});

const keep = (id: RetentionClass, days: number | null) =>
  fernando.call(api.saveRetention, { params: { id }, body: { days } });
const preview = (id: RetentionClass, days: number) =>
  fernando.call(api.previewRetention, { params: { id }, query: { days } });

/** Somebody who said something, over so many days ago. */
async function contactOver(daysAgo: number, said: string): Promise<{ ticketId: string; id: string }> {
  const { resident, ticketId } = await aContact(centre);
  await ana.call(api.takeTicket, { params: { id: ticketId } });
  await resident.say(said);
  const { id } = (await ana.open(ticketId)).citizen;
  await ana.close(ticketId);
  const closed = new Date(centre.clock.now().getTime() - daysAgo * DAY * 1_000);
  await db().updateTable('ticket').set({ closed_at: closed }).where('id', '=', ticketId).execute();
  return { ticketId, id };
}

async function wordsOf(ticketId: string): Promise<string> {
  const { messages } = await ana.open(ticketId);
  return JSON.stringify(messages.map(({ parts }) => parts));
}

async function runs(): Promise<void> {
  await until(async () => (await fernando.call(api.listRetention)).runningSince === null, { what: 'no run' });
  const { count } = await receipts();
  await fernando.call(api.runRetention);
  await until(async () => (await receipts()).count > count, { what: 'the run to end', timeout: 60_000 });
}

async function receipts() {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from receipt where kind = 'retention'`.execute(db());
  return { count: rows[0]?.count ?? 0 };
}

describe('a rule', { timeout: 240_000 }, () => {
  test('says what it would let go before it is saved, lets that go and nothing else, and leaves a receipt', async () => {
    const old = await contactOver(400, 'Vivo en la calle Xalapa 1520');
    const recent = await contactOver(100, 'Esto es reciente');
    await ana.call(api.updateCitizen, { params: { id: old.id }, body: { name: 'Rosa Luna' } });
    expect(await preview('messages', 365)).toMatchObject({ due: 1, held: 0 });
    expect(await preview('messages', 90)).toMatchObject({ due: 2 });
    expect(await preview('messages', 420)).toMatchObject({ due: 0, soon: 1 });
    expect(await wordsOf(old.ticketId)).toContain('Xalapa');

    await keep('messages', 365);
    const [changed] = (await fernando.call(api.listAudit)).entries;
    expect(changed).toMatchObject({ action: 'retention.updated', target: 'messages', after: { days: 365 } });
    await runs();
    expect(await wordsOf(old.ticketId)).not.toContain('Xalapa');
    expect(await wordsOf(recent.ticketId)).toContain('reciente');
    // Who it was is no word of the contact.
    expect((await ana.open(old.ticketId)).citizen.name).toBe('Rosa Luna');
    const [receipt] = await fernando.call(api.listReceipts, { query: { kind: 'retention' } });
    expect(receipt).toMatchObject({
      actor: 'Fernando Sosa',
      details: { counts: { messages: 1 }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await preview('messages', 365)).toMatchObject({ due: 0 });
  });

  test('passes over what is on hold, asked for or still worked on, and comes back to it', async () => {
    const held = await contactOver(400, 'Hay un juicio');
    const asked = await contactOver(400, 'Quiero que me olviden');
    const worked = await contactOver(400, 'Hay un bache');
    const opened = await opens(ana, { ticketId: worked.ticketId });
    const body = { citizenId: held.id, reason: 'Oficio 12/2026' };
    const [hold] = await fernando.call(api.placeHold, { body });
    const request = await fernando.call(api.askForData, { body: { citizenId: asked.id, kind: 'cancellation' } });
    expect(await preview('messages', 365)).toMatchObject({ held: 3 });
    await keep('messages', 365);
    await runs();
    const said = await Promise.all([held, asked, worked].map(({ ticketId }) => wordsOf(ticketId)));
    expect(said.map((words) => /juicio|olviden|bache/.test(words))).toEqual([true, true, true]);

    await fernando.call(api.releaseHold, { params: { id: hold?.id ?? '' } });
    await fernando.call(api.withdrawErasure, { params: { id: request.id } });
    await ana.call(api.changeCaseStatus, {
      params: { id: opened.id },
      body: { status: 'solved', version: opened.version },
    });
    expect(await preview('messages', 365)).toMatchObject({ due: 3, held: 0 });
    await runs();
    const left = await Promise.all([held, asked, worked].map(({ ticketId }) => wordsOf(ticketId)));
    expect(left.map((words) => /juicio|olviden|bache/.test(words))).toEqual([false, false, false]);
  });

  test('of each class can be applied to whatever there is, and goes on where a run was cut off', async () => {
    const tickets: string[] = [];
    for (let each = 0; each < 3; each += 1) tickets.push((await contactOver(2_000, `Palabra ${each}`)).ticketId);
    const { rules } = await fernando.call(api.listRetention);
    for (const { id } of rules) await keep(id, 1_000);
    // As a server leaves it that dies before it does anything.
    await until(async () => (await fernando.call(api.listRetention)).runningSince === null, { what: 'no run' });
    const before = (await receipts()).count;
    await fernando.call(api.runRetention);
    await sql`delete from outbox where job = 'reports.retention'`.execute(db());
    centre.clock.advance(120);
    await until(async () => (await receipts()).count > before, { what: 'the run to end', timeout: 60_000 });
    for (const ticketId of tickets) expect(await wordsOf(ticketId)).not.toContain('Palabra');
    for (const { doneUpTo } of (await fernando.call(api.listRetention)).rules) expect(doneUpTo).not.toBeNull();
  });

  test('is applied each night by the city’s clock, without anybody asking', async () => {
    const { ticketId } = await contactOver(400, 'Nadie me lo pidió');
    await keep('messages', 365);
    centre.clock.advance(DAY);
    await until(async () => !(await wordsOf(ticketId)).includes('pidió'), { what: 'the night', timeout: 60_000 });
  });
});
