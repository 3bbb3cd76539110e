import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startTelephoneDesk, type TelephoneDesk } from '../support/telephone-desk.ts';
import { until } from '../support/until.ts';

let desk: TelephoneDesk;
let ana: OperatorClient;

beforeAll(async () => {
  desk = await startTelephoneDesk();
  ana = await desk.operator('ana');
});
afterAll(() => desk?.centre.stop());

const tables = () => desk.centre.server.context.database.db;
const legOf = (callId: string) =>
  tables()
    .selectFrom('call_leg')
    .selectAll()
    .where('call_id', '=', callId)
    .where('operator_id', '=', ana.id)
    .executeTakeFirstOrThrow();

/** Somebody else calls, and Ana is asked, answers and talks. */
async function isOfferedTheNext() {
  const caller = await desk.waits();
  await ana.call(api.setPresence, { body: { status: 'available' } });
  await ana.ticketBecomes(caller.ticketId, { state: 'offered' });
  await ana.call(api.setPresence, { body: { status: 'away' } });
  await desk.talks(ana, caller);
  return caller;
}

test('whoever is still written down on a call that is over is taken off it, and is offered the next', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  await ana.call(api.hangUpCall, { params: { id: caller.callId } });
  await ana.close(caller.ticketId);
  await until(async () => (await legOf(caller.callId)).state === 'left', { what: 'Ana to be off the line' });
  await tables()
    .updateTable('call_leg')
    .set({ state: 'joined', left_at: null })
    .where('call_id', '=', caller.callId)
    .where('operator_id', '=', ana.id)
    .execute();

  const next = await isOfferedTheNext();
  const { ended_at: endedAt } = await tables()
    .selectFrom('call')
    .select('ended_at')
    .where('id', '=', caller.callId)
    .executeTakeFirstOrThrow();
  expect(await legOf(caller.callId)).toMatchObject({ state: 'left', left_at: endedAt });
  await ana.call(api.hangUpCall, { params: { id: next.callId } });
  await ana.close(next.ticketId);
});

test('a call of a line that the city has no more is over, and whoever was on it finishes up', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  await tables()
    .updateTable('call')
    .set({ channel_account_id: 'a-line-of-before' })
    .where('id', '=', caller.callId)
    .execute();
  const { wrapUpUntil } = await desk.callBecomes(ana, caller.callId, ({ stage }) => stage === 'ended');
  expect(wrapUpUntil).not.toBeNull();
  expect(await legOf(caller.callId)).toMatchObject({ state: 'left' });
  await ana.close(caller.ticketId);
});

test('a call that has gone on for longer than any can is over', async () => {
  const caller = await desk.waits();
  desk.centre.clock.advance(24 * 3_600 + 1);
  await desk.callBecomes(ana, caller.callId, ({ stage }) => stage === 'ended');
});
