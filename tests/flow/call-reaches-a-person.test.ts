import { afterAll, beforeAll, expect, test } from 'vitest';
import { expireLeg } from '../../server/calls/expire-leg.ts';
import { api } from '../../server/contract/routes.ts';
import type { LegToRing, VoiceLine } from '../../server/contract/voice.ts';
import { aCaller, type Caller } from '../support/caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
const rung: LegToRing[] = [];

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  centre.server.context.lines.set('voz', quietLine);
  ana = await centre.operator('ana');
  // Her telephone is there; what she takes, she takes by herself.
  await ana.call(api.setPresence, { body: { status: 'away', takesCalls: true } });
});

afterAll(() => centre?.stop());

const done = async () => ({ outcome: 'done' as const });
/** Takes every order, and leaves it to the test what happens then. */
const quietLine: VoiceLine = {
  kind: 'twilio',
  recall: done,
  dial: async () => ({ outcome: 'done', providerCallId: 'CA0' }),
  async ring(_, leg) {
    rung.push(leg);
    return { outcome: 'done' };
  },
  arrange: done,
  hangUp: done,
  record: done,
  look: async () => [],
  fetchRecording: async () => ({ outcome: 'gone', reason: 'gone' }),
  eraseRecording: async () => {},
  deviceFor: async () => ({}),
};

const db = () => centre.server.context.database.db;

/** Ana takes the call and her telephone is on the line. @returns her leg */
async function isAnswered(caller: Caller): Promise<string> {
  await ana.call(api.takeTicket, { params: { id: caller.ticketId } });
  const leg = await until(
    () =>
      db()
        .selectFrom('call_leg')
        .selectAll()
        .where('call_id', '=', caller.callId)
        .where('role', '=', 'operator')
        .where('state', '=', 'ringing')
        .executeTakeFirst(),
    { what: 'a telephone to ring' },
  );
  expect(await caller.isRecalled()).toContain('Ya casi te contestan');
  await caller.reports({ kind: 'joined', legId: leg.id });
  await caller.isRecalled();
  expect(caller.steps.at(-1)).toMatchObject({ do: 'join', callId: caller.callId });
  await caller.reports({ kind: 'joined', legId: caller.callId });
  return leg.id;
}

test('whoever waits goes into the room once somebody is there', async () => {
  const caller = await aCaller(centre);
  await caller.presses('0');
  await isAnswered(caller);
  expect(rung).toContainEqual(expect.objectContaining({ role: 'operator', operatorId: ana.id }));
  await caller.hangsUp();
  expect(await ana.open(caller.ticketId)).toMatchObject({ ticket: { state: 'assigned' } });
  await ana.close(caller.ticketId);
});

test('whoever loses their operator is told, and waits at the head of the queue with the same clock', async () => {
  const caller = await aCaller(centre);
  await caller.presses('0');
  const { clock_at: clock } = await ticketOf(caller);
  const legId = await isAnswered(caller);
  await caller.reports({ kind: 'left', legId });
  // For a while they may come back: a page that is loaded again.
  expect(await caller.isRecalled()).toContain('Un momento');
  expect(await ticketOf(caller)).toMatchObject({ state: 'assigned' });
  centre.clock.advance(20);
  await expireLeg(centre.server.context, legId);
  expect(await caller.isRecalled()).toMatch(/se cortó la comunicación.*Tu llamada es la siguiente/s);
  expect(await ticketOf(caller)).toMatchObject({ state: 'waiting', clock_at: clock });
  expect(await caller.goesOn()).not.toContain('se cortó');
  await caller.hangsUp();
});

test('whoever is cut off and calls again while their operator is still there is theirs first', async () => {
  const from = '+522291112233';
  const caller = await aCaller(centre, { from });
  await caller.presses('0');
  await isAnswered(caller);
  await caller.hangsUp();
  const again = await aCaller(centre, { from });
  expect(again.ticketId).toBe(caller.ticketId);
  expect(again.hears).toMatch(/grabarse.*Tu llamada es la siguiente/s);
  expect(await ticketOf(again)).toMatchObject({ state: 'waiting', reserved_for: ana.id });
});

const ticketOf = ({ ticketId }: Caller) =>
  db().selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow();
