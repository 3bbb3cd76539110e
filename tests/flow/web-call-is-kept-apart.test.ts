import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallRoom, CallSignal } from '../../server/contract/call-room.ts';
import { api } from '../../server/contract/routes.ts';
import type { CallStarted } from '../../server/contract/socket.ts';
import type { CallStep } from '../../server/contract/voice.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  [ana, beto] = await Promise.all([centre.operator('ana'), centre.operator('beto')]);
  await ana.call(api.setPresence, { body: { status: 'away', takesCalls: true } });
  // Browsers that were there before the server are given time to come back; here nobody was.
  centre.clock.advance(60);
});

afterAll(() => centre?.stop());

interface Started {
  callId: string;
  legId: string;
  steps: CallStep[];
}

const turnOf = ({ steps }: { steps: CallStep[] }): number => {
  const last = steps.at(-1);
  return last && 'turn' in last ? last.turn : 0;
};
const wordsOf = (steps: readonly CallStep[]) => JSON.stringify(steps);
const signal: CallSignal = { type: 'offer', sdp: 'v=0' };

async function calls(resident: ResidentClient, clientId = randomUUID()): Promise<Started> {
  const answer = await resident.ask('call.start', { clientId });
  expect(answer).toMatchObject({ ok: true, iceServers: [] });
  return answer as unknown as Started;
}

async function tells(resident: ResidentClient, call: Started, heard: object, turn: number | null = turnOf(call)) {
  const answer = await resident.ask('call.heard', { callId: call.callId, turn, heard });
  expect(answer).toMatchObject({ ok: true });
  return { ...call, steps: answer.steps as CallStep[] };
}

/** Asks until the step is this one, as a browser does while the server has others call. */
const isLedTo = (resident: ResidentClient, call: Started, kind: CallStep['do']) =>
  until(
    async () => {
      const now = await tells(resident, call, { kind: 'again' }, null);
      return now.steps.at(-1)?.do === kind ? now : null;
    },
    { what: `the step ${kind}` },
  );

const asksAs = (operator: OperatorClient, event: string, data: object) =>
  (operator.socket as unknown as { timeout(ms: number): { emitWithAck(...args: unknown[]): Promise<unknown> } })
    .timeout(20_000)
    .emitWithAck(event, data) as Promise<Record<string, unknown>>;

const refusal = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

/** A resident who has asked for a person, and Ana on the line with them. */
async function talk(resident: ResidentClient): Promise<{ call: Started; anasLeg: string }> {
  let call = await calls(resident);
  call = await tells(resident, call, { kind: 'keys', digits: '0' });
  call = await isLedTo(resident, call, 'wait');
  const { ticket_id: ticketId } = await callRow(call.callId);
  await ana.call(api.takeTicket, { params: { id: ticketId } });
  const ring = await until(() => ana.heard('call.ring').find(({ callId }) => callId === call.callId));
  expect(await asksAs(ana, 'call.join', { callId: call.callId, legId: ring.legId })).toMatchObject({ ok: true });
  call = await isLedTo(resident, call, 'join');
  const room = await resident.ask('call.join', { callId: call.callId, legId: call.callId });
  expect(room).toMatchObject({ ok: true });
  return { call, anasLeg: ring.legId };
}

const callRow = (id: string) =>
  centre.server.context.database.db.selectFrom('call').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

const forget = (legId: string) =>
  centre.server.context.database.db
    .updateTable('call_leg')
    .set({ seen_at: new Date(centre.clock.now().getTime() - 13_000) })
    .where('id', '=', legId)
    .execute();

test('what one browser says to find a way reaches the other in the order it was said', async () => {
  const resident = await centre.resident();
  const { call, anasLeg } = await talk(resident);
  const said = Array.from({ length: 80 }, (_, index) => ({ type: 'offer', sdp: `v=${index}` }));
  await Promise.all(
    said.map((each) =>
      asksAs(ana, 'call.signal', { callId: call.callId, from: anasLeg, to: call.callId, signal: each }),
    ),
  );
  const heard = () => resident.pushed.filter(({ event }) => event === 'call.signal');
  await until(() => heard().length === said.length, { what: () => `all of them; ${heard().length} have come` });
  expect(heard().map(({ data }) => (data as { signal: CallSignal }).signal)).toEqual(said);
  await resident.ask('call.hangUp', { callId: call.callId, legId: call.callId });
  await ana.close((await callRow(call.callId)).ticket_id);
});

test('a page that was loaded again goes on with its call, and nobody else gets into it', async () => {
  const rosa = await centre.resident();
  const clientId = randomUUID();
  const call = await calls(rosa, clientId);
  expect(call.steps.at(-1)).toMatchObject({ do: 'ask' });
  const again = await (await rosa.again()).ask('call.start', { clientId });
  expect(again).toMatchObject({ ok: true, callId: call.callId });

  const stranger = await centre.resident();
  const ref = { callId: call.callId, legId: call.legId };
  const heard = { callId: call.callId, turn: turnOf(call), heard: { kind: 'keys', digits: '0' } };
  expect(await stranger.ask('call.heard', heard)).toEqual(refusal('not_found'));
  for (const event of ['call.join', 'call.alive', 'call.leave', 'call.hangUp'] as const) {
    expect(await stranger.ask(event, ref)).toEqual(refusal('not_found'));
  }
  expect(await asksAs(ana, 'call.join', ref)).toEqual(refusal('not_found'));
  // The id of the page's own call, in another's name, is another call.
  expect((await calls(stranger, clientId)).callId).not.toBe(call.callId);

  expect(await rosa.ask('call.hangUp', ref)).toMatchObject({ ok: true });
  expect(await rosa.refused('call.start', { clientId })).toMatchObject({ code: 'not_found' });
});

test('signals pass between people of one room, and from nobody else', async () => {
  const rosa = await centre.resident();
  const { call, anasLeg } = await talk(rosa);
  const { callId } = call;
  const room = await until(
    () =>
      rosa.pushed
        .filter(({ event }) => event === 'call.room')
        .map(({ data }) => data as CallRoom)
        .find(({ members }) => members.length === 2),
    { what: 'the room with both' },
  );
  expect(room.members.find(({ legId }) => legId === anasLeg)).toMatchObject({ role: 'operator', name: 'Ana' });

  expect(await rosa.ask('call.signal', { callId, from: callId, to: anasLeg, signal })).toMatchObject({ ok: true });
  await until(() => ana.heard('call.signal').some(({ from, to }) => from === callId && to === anasLeg));
  expect(await asksAs(ana, 'call.signal', { callId, from: anasLeg, to: callId, signal })).toMatchObject({ ok: true });
  await until(() => rosa.pushed.some(({ event }) => event === 'call.signal'));

  const stranger = await centre.resident();
  const asIfRosa = { callId, from: callId, to: anasLeg, signal };
  expect(await stranger.ask('call.signal', asIfRosa)).toEqual(refusal('not_found'));
  expect(await asksAs(beto, 'call.signal', { callId, from: anasLeg, to: callId, signal })).toEqual(
    refusal('not_found'),
  );
  expect(await rosa.ask('call.signal', { callId, from: callId, to: randomUUID(), signal })).toEqual(
    refusal('not_found'),
  );
  expect(await rosa.ask('call.signal', { ...asIfRosa, signal: { type: 'offer', sdp: 'x'.repeat(20_001) } })).toEqual(
    refusal('invalid_input'),
  );

  await rosa.ask('call.hangUp', { callId, legId: callId });
  await until(() => ana.heard('call.over').some(({ legId }) => legId === anasLeg), { what: 'the end at Ana’s' });
  await ana.close((await callRow(callId)).ticket_id);
});

test('an operator whose browser falls silent is gone, and the caller waits with a word', async () => {
  const rosa = await centre.resident();
  const { call, anasLeg } = await talk(rosa);
  const alive = await asksAs(ana, 'call.alive', { callId: call.callId, legId: anasLeg, quality: 4.1 });
  expect(alive).toMatchObject({ ok: true, room: { you: anasLeg } });
  await forget(anasLeg);
  await until(() => rosa.pushed.some(({ event }) => event === 'call.recall'), { what: 'the word to ask again' });
  const waiting = await isLedTo(rosa, call, 'wait');
  expect(wordsOf(waiting.steps)).toContain('Un momento');
  expect(await asksAs(ana, 'call.alive', { callId: call.callId, legId: anasLeg })).toEqual(refusal('not_found'));
  await rosa.ask('call.hangUp', { callId: call.callId, legId: call.callId });
});

test('a caller whose page is gone has hung up', async () => {
  const rosa = await centre.resident();
  const call = await calls(rosa);
  await tells(rosa, call, { kind: 'keys', digits: '0' });
  await isLedTo(rosa, call, 'wait');
  expect(await rosa.ask('call.alive', { callId: call.callId, legId: call.legId })).toMatchObject({ ok: true });
  centre.clock.advance(13);
  const row = await until(async () => {
    const now = await callRow(call.callId);
    return now.ended_at ? now : null;
  });
  expect(row).toMatchObject({ outcome: 'abandoned', stage: 'ended' });
  expect(await rosa.ask('call.alive', { callId: call.callId, legId: call.legId })).toEqual(refusal('not_found'));
});

test('whoever calls anew has given up the call before', async () => {
  const rosa = await centre.resident();
  const first = await calls(rosa);
  const second = await calls(rosa);
  expect(second.callId).not.toBe(first.callId);
  expect((await callRow(first.callId)).ended_at).not.toBeNull();
  expect((await callRow(second.callId)).conversation_id).toBe((await callRow(first.callId)).conversation_id);
});

test('a recording that somebody else sent up is not theirs to leave', async () => {
  const rosa = await centre.resident();
  const other = await centre.resident();
  const { id: attachmentId } = await other.upload('nota.txt', 'hola');
  const { callId, ...call } = await calls(rosa);
  const heard = { kind: 'recorded', attachmentId, milliseconds: 900 };
  expect(await rosa.refused('call.heard', { callId, turn: turnOf(call), heard })).toMatchObject({ code: 'not_found' });
});

test('a page that is loaded again knows since when it calls, and what was said', async () => {
  const resident = await centre.resident();
  const clientId = randomUUID();
  const call = await calls(resident, clientId);
  const asked = await isLedTo(resident, call, 'ask');
  await tells(resident, asked, { kind: 'speech', text: '¿A qué hora abren?', confidence: 1 });
  await isLedTo(resident, call, 'ask');
  centre.clock.advance(5);
  const again = await resident.ask('call.start', { clientId });
  expect(again).toMatchObject({ ok: true, callId: call.callId });
  const { elapsedSeconds, said, steps } = again as unknown as CallStarted;
  expect(elapsedSeconds).toBeGreaterThanOrEqual(5);
  expect(said.filter(({ by }) => by === 'you').map(({ text }) => text)).toEqual(['¿A qué hora abren?']);
  expect(said.filter(({ by, text }) => by === 'line' && wordsOf(steps).includes(text))).toEqual([]);
  await resident.ask('call.hangUp', { callId: call.callId, legId: call.legId });
});

test('a script that calls and keys without end is slowed down', async () => {
  const rosa = await centre.resident();
  const { callId } = await calls(rosa);
  const keys = { callId, turn: 1, heard: { kind: 'keys', digits: '5' } };
  const answers = await Promise.all(Array.from({ length: 40 }, () => rosa.ask('call.heard', keys)));
  expect(answers).toContainEqual(refusal('rate_limited'));
  expect(await rosa.refused('call.heard', { callId, turn: 1, heard: { kind: 'keys', digits: 'x' } })).toMatchObject({
    code: expect.stringMatching(/^(invalid_input|rate_limited)$/),
  });
  const many = await Promise.all(
    Array.from({ length: 30 }, async () => (await centre.resident()).ask('call.start', { clientId: randomUUID() })),
  );
  expect(many).toContainEqual(refusal('rate_limited'));
});
