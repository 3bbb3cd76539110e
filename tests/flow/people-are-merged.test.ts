import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whoIsAlike } from '../../server/citizens/evidence.ts';
import type { Merge } from '../../server/contract/merge.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, type Contact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { says } from '../support/memory-person.ts';
import { plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { plansOf } from '../support/query-plans.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
/** With the grant; Beto has none. */
let ana: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, beto] = (await Promise.all([centre.operator('ana'), centre.operator('beto')])) as [
    OperatorClient,
    OperatorClient,
  ];
});
afterAll(() => centre?.stop());

interface Person extends Contact {
  id: string;
}

/** Somebody with a contact on the web chat, of whom this much is known. */
async function somebody(
  known: { name?: string; email?: string; phone?: string; about?: string } = {},
): Promise<Person> {
  const contact = await aContact(centre);
  const { id } = (await ana.open(contact.ticketId)).citizen;
  await ana.call(api.updateCitizen, { params: { id }, body: known });
  return { ...contact, id };
}

let numbers = 2_291_000_000;
function aPhone(): string {
  numbers += 1;
  return `+52${numbers}`;
}
const merges = (operator: OperatorClient, { id }: Person) => operator.call(api.listMerges, { params: { id } });
const merge = (kept: Person, other: Person) =>
  ana.call(api.mergeCitizens, { params: { id: kept.id }, body: { otherId: other.id } });
const undo = ({ id }: Merge) => ana.call(api.undoMerge, { params: { id } });
const citizenOf = async ({ ticketId }: Contact) => (await ana.open(ticketId)).citizen;
const hidden = { status: 404, code: 'not_found' };

/** Who has written by WhatsApp from this number. */
async function onWhatsApp(citizenId: string, phone: string): Promise<void> {
  const { db } = centre.server.context.database;
  await db
    .insertInto('identity')
    .values({ id: randomUUID(), citizen_id: citizenId, channel: 'whatsapp', address: phone, created_at: new Date() })
    .execute();
}

describe('who may be the same person', () => {
  test('has the same telephone or mail; it says who vouches for it', async () => {
    const phone = aPhone();
    const email = `${randomUUID()}@example.org`;
    const rosa = await somebody({ name: 'Rosa Ortiz', phone, email });
    const sameNumber = await somebody({ name: 'R. Ortiz' });
    await onWhatsApp(sameNumber.id, phone.replace('+52', '+521'));
    const sameMail = await somebody({ name: 'ROSA ORTÍZ', email });
    const { suggestions } = await merges(ana, rosa);
    expect(suggestions.map(({ citizen, evidence }) => [citizen.id, evidence])).toEqual([
      [
        sameMail.id,
        [
          { kind: 'email', value: email, vouchedFor: false },
          { kind: 'name', value: 'ROSA ORTÍZ' },
        ],
      ],
      [sameNumber.id, [{ kind: 'phone', value: phone, vouchedFor: false }]],
    ]);
    expect(suggestions[0]).toMatchObject({ contacts: 1, cases: 0, lastContactAt: expect.any(String) });
  });

  test('is vouched for where both write from it', async () => {
    const phone = aPhone();
    const [one, other] = [await somebody(), await somebody()];
    await onWhatsApp(one.id, phone);
    await centre.server.context.database.db
      .insertInto('identity')
      .values({ id: randomUUID(), citizen_id: other.id, channel: 'sms', address: phone, created_at: new Date() })
      .execute();
    const [suggestion] = (await merges(ana, one)).suggestions;
    expect(suggestion?.evidence).toEqual([{ kind: 'phone', value: phone, vouchedFor: true }]);
  });

  test('a name alone is nobody', async () => {
    const one = await somebody({ name: 'Juan Pérez' });
    await somebody({ name: 'Juan Pérez' });
    expect((await merges(ana, one)).suggestions).toEqual([]);
  });

  test('follows the same folio, unless half the street does', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { id, folio } = await opens(ana, { ticketId: one.ticketId });
    const follow = ({ ticketId }: Contact) => ana.call(api.followCaseFor, { params: { id }, body: { ticketId } });
    await follow(other);
    expect((await merges(ana, one)).suggestions).toMatchObject([
      { citizen: { id: other.id }, evidence: [{ kind: 'folio', value: folio }] },
    ]);
    for (let neighbours = 0; neighbours < 4; neighbours += 1) await follow(await aContact(centre));
    expect((await merges(ana, one)).suggestions).toEqual([]);
  });

  test('is found by indexes, among 30,000 people', async () => {
    const { database } = centre.server.context;
    const one = await somebody({ name: 'Única', phone: aPhone(), email: `${randomUUID()}@example.org` });
    await sql`insert into citizen (id, name, email, phone, locale, created_at, updated_at)
      select gen_random_uuid(), 'Nadie', n || '@nadie.example.org', '+5233' || lpad(n::text, 8, '0'), 'es', now(), now()
      from generate_series(1, 30000) n`.execute(database.db);
    await sql`insert into identity (id, citizen_id, channel, address, created_at)
      select gen_random_uuid(), id, 'whatsapp', phone, now() from citizen where name = 'Nadie'`.execute(database.db);
    await sql`vacuum analyze citizen, identity`.execute(database.db);
    const seen = await plansOf(database, /\b(citizen|identity)\b/, async () => {
      await whoIsAlike(database.db, one.id);
      await ana.call(api.listMerges, { params: { id: one.id } });
    });
    expect(seen.length).toBeGreaterThan(4);
    for (const { text, plan } of seen) expect(plan, text).not.toMatch(/Seq Scan on (citizen|identity)\b/);
  });
});

describe('two people who are one', () => {
  test('have one story from then on, and each their own again when they are parted', async () => {
    const kept = await somebody({ name: 'Lupe Díaz' });
    const other = await somebody({ name: 'Guadalupe', phone: aPhone(), about: 'Habla náhuatl' });
    const filed = await opens(ana, { ticketId: other.ticketId });
    const before = await citizenOf(other);

    const joined = await merge(kept, other);
    expect(joined).toMatchObject({ keptId: kept.id, mergedId: other.id, mergedName: 'Guadalupe', undoneAt: null });
    const detail = await ana.open(other.ticketId);
    expect(detail.citizen).toMatchObject({
      id: kept.id,
      name: 'Lupe Díaz',
      phone: before.phone,
      about: 'Habla náhuatl',
    });
    expect(detail.history.map(({ id }) => id)).toContain(kept.ticketId);
    expect(detail.cases.map(({ id }) => id)).toEqual([filed.id]);
    expect(detail.citizen.identities).toHaveLength(2);
    // An old link leads to the one who is left.
    expect((await merges(ana, other)).merges).toEqual([joined]);
    await ana.call(api.updateCitizen, { params: { id: other.id }, body: { email: 'lupe@example.org' } });
    expect(await citizenOf(kept)).toMatchObject({ email: 'lupe@example.org' });

    // What comes into the conversation that moved goes back with it.
    await other.resident.ask('end');
    const { ticketId: later } = await other.resident.say('Otra cosa');
    const since = await opens(ana, { ticketId: later ?? '' });
    expect((await ana.open(later ?? '')).citizen.id).toBe(kept.id);

    expect(await undo(joined)).toMatchObject({ id: joined.id, undoneAt: expect.any(String) });
    expect(await citizenOf(other)).toEqual(before);
    const parted = await ana.open(later ?? '');
    expect(parted.citizen.id).toBe(other.id);
    expect(parted.cases.map(({ id }) => id).sort()).toEqual([filed.id, since.id].sort());
    // What was changed meanwhile stays; what was filled in does not.
    expect(await citizenOf(kept)).toMatchObject({
      name: 'Lupe Díaz',
      phone: null,
      about: null,
      email: 'lupe@example.org',
    });
    expect((await ana.open(kept.ticketId)).history).toEqual([]);
  });

  test('are told of their case once, and the keys of both still open it', async () => {
    const { secrets } = centre.server.context.cases;
    const [kept, other] = [await somebody(), await somebody()];
    const { id, folio } = await opens(ana);
    for (const { ticketId } of [kept, other]) {
      await ana.call(api.followCaseFor, { params: { id }, body: { ticketId } });
    }
    const follows = await centre.server.context.database.db
      .selectFrom('case_follower')
      .select('id')
      .where('case_id', '=', id)
      .execute();
    const opensFolio = () =>
      Promise.all(
        follows.map((follow) =>
          ana.call(api.readFolio, { body: { folio, secret: secrets.ofFollower(id, follow.id) } }),
        ),
      );
    const joined = await merge(kept, other);
    expect((await ana.call(api.openCase, { params: { id } })).followers).toBe(1);
    expect(await opensFolio()).toHaveLength(2);

    await ana.call(api.addCaseUpdate, { params: { id }, body: { clientId: randomUUID(), text: 'Mañana queda' } });
    const heard = () =>
      [kept, other].flatMap(({ resident }) => resident.messages.filter((m) => words(m).includes('Mañana')));
    await until(() => heard().length > 0, { what: 'the news' });
    await Promise.all([kept, other].map(({ resident }) => resident.sync()));
    expect(heard()).toHaveLength(1);

    await undo(joined);
    expect((await ana.call(api.openCase, { params: { id } })).followers).toBe(2);
    expect(await opensFolio()).toHaveLength(2);
  });

  test('are joined once, whoever asks for it at the same instant', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const answers = await Promise.all([merge(one, other), merge(other, one), merge(one, other), merge(other, one)]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const [joined] = answers;
    const undone = await Promise.all([undo(joined), undo(joined)]);
    expect(new Set(undone.map(({ undoneAt }) => undoneAt)).size).toBe(1);
    expect((await citizenOf(one)).id).toBe(one.id);
    expect((await citizenOf(other)).id).toBe(other.id);
  });

  test('somebody who became part of a third one meanwhile is not dragged along', async () => {
    const [one, other, third] = [await somebody(), await somebody(), await somebody()];
    await merge(third, other);
    const body = { otherId: other.id };
    expect(await ana.refused(api.mergeCitizens, { params: { id: one.id }, body })).toMatchObject({ code: 'conflict' });
    expect(await ana.refused(api.mergeCitizens, { params: { id: one.id }, body: { otherId: one.id } })).toMatchObject({
      code: 'invalid_input',
    });
  });

  test('hold together while they write to another account of the city at that very instant', async () => {
    const { context } = centre.server;
    const { db } = context.database;
    const { channel } = await plugNetwork(centre, 'whatsapp');
    const write = (accountId: string, from: string) =>
      context.ingest.receive(accountId, channel, { body: JSON.stringify({ events: [says(from, 'Hola')] }) });
    for (let round = 0; round < 6; round += 1) {
      const kept = await somebody();
      const phone = aPhone();
      const [receipt] = await write('whatsapp', phone);
      const { id: otherId } = await citizenOf({ ...kept, ticketId: receipt?.ticketId ?? '' });
      const joining = ana.call(api.mergeCitizens, { params: { id: kept.id }, body: { otherId } });
      const [joined] = await Promise.all([
        joining,
        write('whatsapp-proteccion-civil', phone),
        write('whatsapp', phone),
      ]);
      const owners = () => db.selectFrom('conversation').select('citizen_id').where('address', '=', phone).execute();
      expect(await owners()).toEqual(Array(2).fill({ citizen_id: kept.id }));
      await Promise.all([undo(joined), write('whatsapp', phone), write('whatsapp-proteccion-civil', phone)]);
      expect(await owners()).toEqual(Array(2).fill({ citizen_id: otherId }));
      const tickets = await db.selectFrom('ticket').select('channel').where('citizen_id', '=', otherId).execute();
      expect(tickets).toHaveLength(2);
    }
  });

  test('is told to consoles, and is on record without a word of who they are', async () => {
    const phone = aPhone();
    const elena = await centre.operator('elena');
    const [one, other] = [await somebody({ phone }), await somebody({ phone, name: 'Nombre Secreto' })];
    const joined = await merge(one, other);
    await until(() => beto.heard('citizen.changed').some(({ citizenId }) => citizenId === other.id), {
      what: 'Beto to hear',
    });
    await until(() => elena.heard('ticket').some(({ id, citizen }) => id === other.ticketId && citizen.id === one.id), {
      what: 'the row to change',
    });
    const admin = await centre.operator('fernando');
    const { entries } = await admin.call(api.listAudit, { query: {} });
    const [entry] = entries.filter(({ action }) => action === 'citizen.merged');
    expect(entry).toMatchObject({ target: one.id, after: { mergedId: other.id, evidence: ['phone'] } });
    expect(JSON.stringify(entry)).not.toContain(phone);
    await undo(joined);
    const [last] = (await admin.call(api.listAudit, { query: {} })).entries;
    expect(last).toMatchObject({ action: 'citizen.parted', target: one.id });
  });
});

describe('whoever is protected', () => {
  test('is suggested to people with the grant alone, and joined and parted by nobody else', async () => {
    const phone = aPhone();
    const plain = await somebody({ phone });
    const safe = await somebody({ phone, name: 'Otro nombre', about: 'No llamar' });
    await opens(ana, { serviceId: 'violencia-genero', place: null, ticketId: safe.ticketId });

    expect((await merges(beto, plain)).suggestions).toEqual([]);
    const params = { id: plain.id };
    const body = { otherId: safe.id };
    expect(await beto.refused(api.mergeCitizens, { params, body })).toMatchObject(hidden);
    expect(
      await beto.refused(api.mergeCitizens, { params: { id: safe.id }, body: { otherId: plain.id } }),
    ).toMatchObject(hidden);
    expect((await merges(ana, plain)).suggestions).toMatchObject([{ citizen: { id: safe.id } }]);

    const joined = await merge(plain, safe);
    // Others read this card: nothing of hers gets onto it.
    expect(await citizenOf(plain)).toMatchObject({ name: null, about: null });
    expect(await merges(beto, plain)).toEqual({ suggestions: [], merges: [] });
    expect(await beto.refused(api.undoMerge, { params: { id: joined.id } })).toMatchObject(hidden);
    await undo(joined);
    expect(await citizenOf(safe)).toMatchObject({ id: safe.id, name: 'Otro nombre' });
  });

  test('so is whoever only has contacts in queues of others', async () => {
    const phone = aPhone();
    const [one, other] = [await somebody({ phone }), await somebody({ phone })];
    const elena = await centre.operator('elena');
    await elena.call(api.takeTicket, { params: { id: other.ticketId } });
    await elena.call(api.transferTicket, { params: { id: other.ticketId }, body: { queueId: 'tramites' } });
    expect((await merges(beto, one)).suggestions).toEqual([]);
    expect(
      await beto.refused(api.mergeCitizens, { params: { id: one.id }, body: { otherId: other.id } }),
    ).toMatchObject(hidden);
    expect(await beto.refused(api.listMerges, { params: { id: other.id } })).toMatchObject(hidden);
    expect((await merges(elena, one)).suggestions).toHaveLength(1);
  });
});
