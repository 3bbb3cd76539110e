import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asker, CaseDesk } from '../../server/contract/bot.ts';
import { caseDraftSchema } from '../../server/contract/case.ts';
import { api } from '../../server/contract/routes.ts';
import { aCase, aContact, inTown, outOfTown, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let desk: CaseDesk;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
  desk = centre.server.context.desk.cases;
});
afterAll(() => centre?.stop());

const draft = (more: Parameters<typeof aCase>[0] = {}) => caseDraftSchema.parse(aCase(more));
const asker = async (): Promise<Asker> => aContact(centre);

/** Opens a case as the bot does. */
async function opened(by: Asker, more: Parameters<typeof aCase>[0] = {}) {
  const outcome = await desk.open(by, randomUUID(), draft(more), { triage: false }, 'es');
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.case;
}

describe('opening', () => {
  test('the same key is the same case, also when a turn runs twice at once after a crash', async () => {
    const by = await asker();
    const once = () => desk.open(by, 'report-1', draft(), { triage: false }, 'es');
    const outcomes = await Promise.all([once(), once(), once()]);
    const folios = outcomes.map((outcome) => outcome.ok && outcome.case.folio);
    expect(new Set(folios).size).toBe(1);
    const other = await desk.open(by, 'report-2', draft(), { triage: false }, 'es');
    expect(other.ok && other.case.folio).not.toBe(folios[0]);
    expect(await desk.mine(by, 'en')).toMatchObject([{}, { folio: folios[0], title: 'Pothole', status: 'received' }]);
    const { events, citizen } = await ana.call(api.openCase, {
      params: { id: (outcomes[0]?.ok && outcomes[0].case.id) || '' },
    });
    expect(events).toMatchObject([{ type: 'opened', actor: { type: 'bot' } }]);
    expect(citizen).not.toBeNull();
  });

  test('what is outside or has no place is told, not thrown', async () => {
    const by = await asker();
    const place = { point: outOfTown, address: null, coloniaId: null, reference: null };
    const outside = await desk.open(by, 'a', draft({ place }), { triage: false }, 'es');
    expect(outside).toEqual({ ok: false, problem: 'outside_city' });
    const nowhere = await desk.open(by, 'b', draft({ place: null }), { triage: false }, 'es');
    expect(nowhere).toEqual({ ok: false, problem: 'place_required' });
    const triaged = await desk.open(by, 'c', draft({ place }), { triage: true }, 'es');
    expect(triaged.ok).toBe(true);
  });
});

test('another resident follows it by what lies nearby, and only theirs is theirs', async () => {
  const reporter = await asker();
  const neighbour = await asker();
  const filed = await opened(reporter, { serviceId: 'semaforo' });
  const [near] = await desk.nearby('semaforo', inTown);
  expect(near).toMatchObject({ id: filed.id, metres: 0, followers: 0 });
  expect(await desk.find(neighbour, filed.folio, null, 'es')).toBeNull();
  const followed = await desk.follow(neighbour, filed.id, 'es');
  await desk.follow(neighbour, filed.id, 'es');
  expect(followed).toMatchObject({ id: filed.id, where: expect.not.stringContaining('1520') });
  expect(followed?.secret).not.toBe(filed.secret);
  expect((await desk.nearby('semaforo', inTown))[0]?.followers).toBe(1);
  expect((await desk.mine(neighbour, 'es')).map(({ id }) => id)).toEqual([filed.id]);
  expect(await desk.find(neighbour, filed.folio, null, 'es')).toMatchObject({ id: filed.id });
  expect(await desk.follow(neighbour, randomUUID(), 'es')).toBeNull();
});

describe('finding', () => {
  test('with its secret from anywhere, as people write both', async () => {
    const filed = await opened(await asker());
    const stranger = await asker();
    const typed = filed.secret.toLowerCase().replace('-', ' ');
    const found = await desk.find(stranger, filed.folio.replaceAll('-', ''), typed, 'es');
    expect(found).toMatchObject({ id: filed.id, where: expect.stringContaining('1520') });
    expect(await desk.find(stranger, filed.folio, 'AAAA-AAAA', 'es')).toBeNull();
    expect(await desk.find(stranger, 'no es un folio', filed.secret, 'es')).toBeNull();
  });

  test('who guesses ten times is told nothing for an hour, even when right; who filed it is', async () => {
    const by = await asker();
    const filed = await opened(by);
    const guesser = await asker();
    for (let tries = 0; tries < 10; tries += 1) await desk.find(guesser, filed.folio, '0000-0000', 'es');
    expect(await desk.find(guesser, filed.folio, filed.secret, 'es')).toBeNull();
    expect(await desk.find(await asker(), filed.folio, filed.secret, 'es')).toBeNull();
    expect(await desk.find(by, filed.folio, null, 'es')).toMatchObject({ id: filed.id });
    centre.clock.advance(3_601);
    expect(await desk.find(guesser, filed.folio, filed.secret, 'es')).toMatchObject({ id: filed.id });
  });

  test('a protected case by nothing: whoever holds the phone must not learn of it', async () => {
    const by = await asker();
    const filed = await opened(by, { serviceId: 'violencia-genero', place: null });
    expect(await desk.mine(by, 'es')).toEqual([]);
    expect(await desk.find(by, filed.folio, filed.secret, 'es')).toBeNull();
    expect(await desk.follow(await asker(), filed.id, 'es')).toBeNull();
  });
});

test('«it is not solved»: theirs is opened again, once, and its last news is told', async () => {
  const by = await asker();
  const filed = await opened(by);
  expect(await desk.reopen(by, filed.id, 'Sigue')).toBe(false);
  await ana.call(api.changeCaseStatus, {
    params: { id: filed.id },
    body: { status: 'solved', version: 1, update: 'Quedó tapado.' },
  });
  expect(await desk.find(by, filed.folio, null, 'es')).toMatchObject({ lastUpdate: { text: 'Quedó tapado.' } });
  expect(await desk.reopen(await asker(), filed.id, 'Sigue')).toBe(false);
  expect(await desk.reopen(by, filed.id, 'Se volvió a abrir')).toBe(true);
  expect(await desk.reopen(by, filed.id, 'Se volvió a abrir')).toBe(false);
  expect(await desk.mine(by, 'es')).toMatchObject([{ status: 'reopened', lastUpdate: { text: 'Quedó tapado.' } }]);
});
