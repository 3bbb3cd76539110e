import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { speakToNext } from '../../server/broadcasts/speak-to-next.ts';
import { mergeCitizens } from '../../server/citizens/merge-citizens.ts';
import type { Broadcast } from '../../server/contract/broadcast.ts';
import { api } from '../../server/contract/routes.ts';
import type { Unit } from '../../server/database/unit-of-work.ts';
import type { AnyQueue } from '../../server/jobs/job-store.ts';
import { broadcastBecomes, broadcasts, crowdFollows, openBroadcast } from '../support/broadcasts.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let outbound: AnyQueue;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
  outbound = centre.server.context.jobs.queues.get('outbound') as AnyQueue;
});
afterAll(() => centre?.stop());
// The test is the worker, until it lets go.
beforeEach(() => outbound.pause());
afterEach(() => outbound.resume());

async function aNotice(followers: number): Promise<Broadcast> {
  const { id: caseId } = await opens(ana);
  await crowdFollows(centre, caseId, followers);
  return (await broadcasts(ana, { caseId, text: 'Hoy vuelve el agua' })).broadcast;
}

/** What a worker does with its job; `dies` before it commits, or before it could pass on what it promised. */
async function work({ id }: Broadcast, dies?: 'before commit' | 'after commit'): Promise<void> {
  const { context } = centre.server;
  const { version } = await context.database.db
    .selectFrom('broadcast')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const speak = async (unit: Unit) => {
    await speakToNext(dies ? { ...unit, enqueue: () => {} } : unit, context, { broadcastId: id, version });
    if (dies === 'before commit') throw new Error('killed');
  };
  await context.unitOfWork(speak).catch((error: Error) => {
    if (error.message !== 'killed') throw error;
  });
}

/** How often each recipient was told. */
async function told({ id }: Broadcast): Promise<number[]> {
  const { db } = centre.server.context.database;
  const recipients = await db
    .selectFrom('broadcast_recipient')
    .select('citizen_id')
    .where('broadcast_id', '=', id)
    .execute();
  const messages = await db
    .selectFrom('message')
    .select('external_id')
    .where('external_id', 'like', `broadcast:${id}:%`)
    .execute();
  return recipients.map(
    (recipient) => messages.filter((message) => message.external_id.endsWith(recipient.citizen_id)).length,
  );
}

const progressOf = async (broadcast: Broadcast) => (await openBroadcast(ana, broadcast)).broadcast.progress;
const steer = ({ id }: Broadcast, action: 'pause' | 'resume' | 'cancel') =>
  ana.call(api.steerBroadcast, { params: { id }, body: { action } });

test('killed in the middle of a batch, after it, and with its job lost, everybody is told once', async () => {
  const notice = await aNotice(45);
  await work(notice, 'before commit');
  expect((await progressOf(notice)).pending).toBe(45);
  await work(notice, 'after commit');
  expect(await progressOf(notice)).toMatchObject({ sent: 20, pending: 25 });

  await outbound.drain(true);
  await outbound.resume();
  centre.clock.advance(11);
  const done = await broadcastBecomes(ana, notice, ({ state }) => state === 'done');
  expect(done.progress).toMatchObject({ sent: 45, pending: 0 });
  expect(await told(notice)).toEqual(Array(45).fill(1));
});

test('jobs that come twice tell nobody twice', async () => {
  const notice = await aNotice(30);
  const { context } = centre.server;
  const job = { broadcastId: notice.id, version: 0 };
  await Promise.all([1, 2, 3].map(() => context.unitOfWork((unit) => speakToNext(unit, context, job))));
  expect((await progressOf(notice)).sent).toBe(20);
  await outbound.resume();
  await broadcastBecomes(ana, notice, ({ state }) => state === 'done');
  expect(await told(notice)).toEqual(Array(30).fill(1));
});

test('a pause takes effect within a batch, and what is cancelled is not said', async () => {
  const notice = await aNotice(45);
  await work(notice);
  const paused = await steer(notice, 'pause');
  expect(paused).toMatchObject({ state: 'paused', progress: { sent: 20, pending: 25 } });
  await outbound.resume();
  await work(notice);
  centre.clock.advance(11);
  expect(await progressOf(notice)).toMatchObject({ sent: 20, pending: 25 });

  await outbound.pause();
  await steer(notice, 'resume');
  await work(notice);
  const cancelled = await steer(notice, 'cancel');
  expect(cancelled).toMatchObject({ state: 'cancelled', progress: { sent: 40, skipped: 5, pending: 0 } });
  await outbound.resume();
  await work(notice);
  expect((await told(notice)).sort()).toEqual([...Array(5).fill(0), ...Array(40).fill(1)]);
});

test('two followers who turn out to be one while it goes out are told once', async () => {
  const notice = await aNotice(45);
  await work(notice);
  const { context } = centre.server;
  const recipients = await context.database.db
    .selectFrom('broadcast_recipient')
    .select('citizen_id')
    .where('broadcast_id', '=', notice.id)
    .orderBy('citizen_id')
    .execute();
  // Told and waiting, waiting and told, both waiting.
  const at = (index: number) => recipients[index]?.citizen_id ?? '';
  const pairs = [
    [at(0), at(30)],
    [at(31), at(1)],
    [at(32), at(44)],
  ] as const;
  for (const [kept, merged] of pairs) {
    await ticketFor(kept);
    await ticketFor(merged);
    await context.unitOfWork((unit) => mergeCitizens(unit, ana.session.operator, kept, merged));
  }
  await outbound.resume();
  const done = await broadcastBecomes(ana, notice, ({ state }) => state === 'done');
  expect(done.progress).toMatchObject({ sent: 42, skipped: 3 });
  const { recipients: report } = await openBroadcast(ana, notice);
  expect(report.slice(0, 3).map(({ reason }) => reason)).toEqual(
    Array(3).fill('Es la misma persona que otra de esta lista, y ya lo tiene.'),
  );
});

test('a provider that takes nothing holds up nobody but its own people', async () => {
  const whatsApp = await plugNetwork(centre, 'whatsapp');
  const { id: caseId } = await opens(ana);
  await crowdFollows(centre, caseId, 90, { account: 'whatsapp', channel: 'whatsapp' });
  await crowdFollows(centre, caseId, 30);
  centre.server.context.city.broadcastApprovalAbove = 500;
  const { broadcast: notice } = await broadcasts(ana, { caseId, text: 'Hoy vuelve el agua' });
  for (let batch = 0; batch < 12; batch += 1) await work(notice);
  const { sent, pending, recipients } = await progressOf(notice);
  expect([sent, recipients]).toEqual([30, 120]);
  const { db } = centre.server.context.database;
  const queued = await db.selectFrom('message').select('id').where('status', '=', 'queued').execute();
  expect(queued.length).toBeGreaterThanOrEqual(60);
  expect(queued.length).toBeLessThan(90);
  expect(pending).toBe(90);

  await outbound.resume();
  const done = await broadcastBecomes(ana, notice, ({ state, progress }) => state === 'done' && !progress.pending);
  expect(done.progress).toMatchObject({ sent: 120, failed: 0 });
  expect(whatsApp.channel.sent).toHaveLength(90);
});

/** A contact, by which operators know somebody. */
async function ticketFor(citizenId: string): Promise<void> {
  const { db } = centre.server.context.database;
  const { id } = await db
    .selectFrom('conversation')
    .select('id')
    .where('citizen_id', '=', citizenId)
    .executeTakeFirstOrThrow();
  const now = new Date();
  await db
    .insertInto('ticket')
    .values({
      id: crypto.randomUUID(),
      conversation_id: id,
      citizen_id: citizenId,
      channel: 'chat',
      state: 'closed',
      priority: 2,
      clock_at: now,
      closed_at: now,
      bot_seq: 0,
      unread: 0,
      version: 0,
      created_at: now,
      updated_at: now,
    })
    .execute();
}
