import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Broadcast } from '../../server/contract/broadcast.ts';
import { api } from '../../server/contract/routes.ts';
import { broadcastBecomes, broadcasts, crowdFollows, openBroadcast } from '../support/broadcasts.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { aNumber } from '../support/memory-person.ts';
import { type Network, plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let whatsApp: Network;
let ana: OperatorClient;
let elena: OperatorClient;
let fernando: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  whatsApp = await plugNetwork(centre, 'whatsapp');
  [ana, elena, fernando] = (await Promise.all(['ana', 'elena', 'fernando'].map((name) => centre.operator(name)))) as [
    OperatorClient,
    OperatorClient,
    OperatorClient,
  ];
});
afterAll(() => centre?.stop());

const steer = (operator: OperatorClient, { id }: Broadcast, action: 'approve' | 'pause' | 'resume' | 'cancel') =>
  operator.call(api.steerBroadcast, { params: { id }, body: { action } });
const refused = (operator: OperatorClient, { id }: Broadcast, action: 'approve' | 'pause' | 'resume' | 'cancel') =>
  operator.refused(api.steerBroadcast, { params: { id }, body: { action } });

test('to more than fifty people it goes out when a second person, who supervises, has approved it', async () => {
  const { id: caseId } = await opens(ana);
  await crowdFollows(centre, caseId, 51);
  const { preview, broadcast } = await broadcasts(elena, { caseId, text: 'Se suspende el servicio' });
  expect(preview).toMatchObject({ recipients: 51, needsApproval: true });
  expect(broadcast).toMatchObject({ state: 'awaiting_approval', progress: { pending: 51 } });
  expect(await refused(ana, broadcast, 'approve')).toMatchObject({ code: 'forbidden' });
  expect(await refused(elena, broadcast, 'approve')).toMatchObject({ code: 'own_approval', status: 403 });
  expect(await refused(fernando, broadcast, 'resume')).toMatchObject({ code: 'wrong_broadcast_step' });
  const story = async () => (await ana.call(api.openCase, { params: { id: caseId } })).events.map(({ type }) => type);
  expect(await story()).not.toContain('update');

  const approvals = await Promise.all([steer(fernando, broadcast, 'approve'), steer(fernando, broadcast, 'approve')]);
  for (const approved of approvals) expect(approved.approvedBy).toMatchObject({ id: fernando.id });
  const done = await broadcastBecomes(ana, broadcast, ({ state }) => state === 'done');
  expect(done.progress).toMatchObject({ sent: 51, pending: 0, skipped: 0 });
  expect((await story()).filter((type) => type === 'update')).toHaveLength(1);
  expect(await refused(fernando, done, 'cancel')).toMatchObject({ code: 'wrong_broadcast_step' });
  const { entries } = await fernando.call(api.listAudit, { query: {} });
  const actions = entries.filter(({ target }) => target === broadcast.id).map(({ action }) => action);
  expect(actions).toEqual(['broadcast.approved', 'broadcast.created']);
});

test('what changed while it waited counts: a closed window, a wish for no more notices', async () => {
  const { id: caseId } = await opens(ana);
  const writes = async () => {
    const from = aNumber();
    const { ticketId } = await whatsApp.writes(from, 'Yo también');
    await ana.call(api.followCaseFor, { params: { id: caseId }, body: { ticketId: ticketId ?? '' } });
    return from;
  };
  const [quiet, stopped] = [await writes(), await writes()];
  await crowdFollows(centre, caseId, 49);
  const template = { id: 'novedad-de-folio', variables: ['VER-2026-000002', 'en proceso'] };
  const { preview, broadcast } = await broadcasts(ana, { caseId, text: 'Hay noticias', template });
  expect(preview.reach).toContainEqual({ channel: 'whatsapp', how: 'text', count: 2 });

  centre.clock.advance(25 * 3_600);
  const { db } = centre.server.context.database;
  await db.updateTable('identity').set({ opted_out_at: new Date() }).where('address', '=', stopped).execute();
  await steer(elena, broadcast, 'approve');
  const done = await broadcastBecomes(ana, broadcast, ({ state, progress }) => state === 'done' && !progress.pending);
  expect(done.progress).toMatchObject({ recipients: 51, skipped: 1 });
  const sent = whatsApp.channel.sent.filter(({ to }) => to === quiet || to === stopped);
  expect(sent.map(({ to, message }) => [to, message.parts.map(({ type }) => type)])).toEqual([[quiet, ['template']]]);
  expect((await openBroadcast(ana, broadcast)).reach).toContainEqual({
    channel: 'whatsapp',
    how: 'opted_out',
    count: 1,
  });
});

test('of a notice that nobody approved, nothing is ever said', async () => {
  const { id: caseId } = await opens(ana);
  await crowdFollows(centre, caseId, 51);
  const { broadcast } = await broadcasts(ana, { caseId, text: `Nunca ${randomUUID()}` });
  const cancelled = await steer(ana, broadcast, 'cancel');
  expect(cancelled).toMatchObject({ state: 'cancelled', progress: { skipped: 51, pending: 0 } });
  expect(await steer(ana, broadcast, 'cancel')).toEqual(cancelled);
  expect(await refused(elena, broadcast, 'approve')).toMatchObject({ code: 'wrong_broadcast_step' });
  const { recipients } = await openBroadcast(ana, broadcast);
  expect(recipients[0]).toMatchObject({ status: 'skipped', reason: expect.stringContaining('canceló') });
});
