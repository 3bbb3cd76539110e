import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
});
afterAll(() => centre?.stop());

test('followers whose job was lost are told by the reconciler, and nobody hears twice', async () => {
  const { db } = centre.server.context.database;
  const opened = await opens(ana);
  const neighbours = await Promise.all(Array.from({ length: 22 }, () => centre.resident()));
  for (const neighbour of neighbours) {
    const { ticketId } = await neighbour.say('Yo también');
    await ana.call(api.followCaseFor, { params: { id: opened.id }, body: { ticketId: ticketId ?? '' } });
  }
  await ana.call(api.changeCaseStatus, { params: { id: opened.id }, body: { status: 'assigned', version: 1 } });
  const count = (of: (typeof neighbours)[number]) =>
    of.messages.filter((message) => words(message).includes('ya lo tiene Obras Públicas')).length;
  const allTold = () => neighbours.every((neighbour) => count(neighbour) === 1);
  await until(allTold, { what: 'all to be told' });

  // As if the job that told the last ones had committed, and yet been lost before it said so.
  const event = await db
    .selectFrom('case_event')
    .select('id')
    .where('case_id', '=', opened.id)
    .where('type', '=', 'status_changed')
    .executeTakeFirstOrThrow();
  const first = await db
    .selectFrom('case_follower')
    .select('citizen_id')
    .where('case_id', '=', opened.id)
    .orderBy('citizen_id')
    .executeTakeFirstOrThrow();
  await db.updateTable('case_event').set({ telling_after: first.citizen_id }).where('id', '=', event.id).execute();
  centre.clock.advance(11);
  const left = () =>
    db.selectFrom('case_event').select('telling_after').where('id', '=', event.id).executeTakeFirstOrThrow();
  await until(async () => (await left()).telling_after === null, { what: 'the reconciler to go on' });
  for (const neighbour of neighbours) await neighbour.sync();
  expect(allTold()).toBe(true);
});
