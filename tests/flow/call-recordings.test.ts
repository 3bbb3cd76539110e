import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRoutes } from '../../server/contract/endpoints.ts';
import { api } from '../../server/contract/routes.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startTelephoneDesk, type TelephoneDesk } from '../support/telephone-desk.ts';
import { until } from '../support/until.ts';

let desk: TelephoneDesk;
let ana: OperatorClient;
let beto: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  desk = await startTelephoneDesk();
  ana = await desk.operator('ana');
  beto = await desk.operator('beto');
  elena = await desk.operator('elena');
});

afterAll(() => desk?.centre.stop());

const db = () => desk.centre.server.context.database.db;

/** A second of silence as telephones record it. */
const sound = (() => {
  const data = Buffer.alloc(8_000);
  const wav = Buffer.alloc(44 + data.length);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + data.length, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(8_000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(data.length, 40);
  return wav;
})();

/** An element of WebM: its id, its length, what is in it. */
const element = (id: string, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside);
  return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x40 | (body.length >> 8), body.length & 0xff]), body]);
};
const block = (milliseconds: number) =>
  element('a3', Buffer.from([0x81, milliseconds >> 8, milliseconds & 0xff, 0x80]), Buffer.alloc(40));
/** As a browser's recorder writes it: of unknown length, in clusters that tell when they begin. */
const webm = Buffer.concat([
  element('1a45dfa3', element('4282', Buffer.from('webm'))),
  Buffer.from('1853806701ffffffffffffff', 'hex'),
  element('1549a966', element('2ad7b1', Buffer.from([0x0f, 0x42, 0x40]))),
  Buffer.from('1f43b67501ffffffffffffff', 'hex'),
  element('e7', Buffer.from([0])),
  ...[0, 60, 120].map(block),
  Buffer.from('1f43b67501ffffffffffffff', 'hex'),
  element('e7', Buffer.from([0x13, 0x88])),
  ...[0, 60, 120].map(block),
]);

const put = (operator: OperatorClient, callId: string, chunk: number, bytes: Buffer, segment = 'one') =>
  fetch(`${desk.centre.url}${fileRoutes.callSound(callId, segment, chunk)}`, {
    method: 'PUT',
    headers: { cookie: operator.cookie, 'content-type': 'audio/webm' },
    body: new Uint8Array(bytes),
  });
const listen = (operator: OperatorClient | null, id: string, range?: string) =>
  fetch(`${desk.centre.url}${fileRoutes.recording(id)}`, {
    headers: { ...(operator ? { cookie: operator.cookie } : {}), ...(range ? { range } : {}) },
  });

test('what a browser records comes in pieces, each once and in its order, and is one file in the end', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  const { callId } = caller;
  await until(() => desk.line.room(callId).recording === 'on', { what: 'the line to record' });
  await ana.call(api.pauseRecording, { params: { id: callId }, body: { paused: true } });
  await until(() => desk.line.room(callId).recording === 'paused', { what: 'the line to pause' });
  await ana.call(api.pauseRecording, { params: { id: callId }, body: { paused: false } });

  expect((await put(ana, callId, 1, sound.subarray(4_000))).status).toBe(409);
  expect((await put(ana, callId, 0, sound.subarray(0, 4_000))).status).toBe(200);
  expect((await put(ana, callId, 0, Buffer.from('again'))).status).toBe(200);
  expect((await put(ana, callId, 1, sound.subarray(4_000))).status).toBe(200);
  expect((await put(beto, callId, 2, sound)).status).toBe(404);
  const end = await fetch(`${desk.centre.url}${fileRoutes.callSoundEnd(callId, 'one')}`, {
    method: 'POST',
    headers: { cookie: ana.cookie },
  });
  expect(end.status).toBe(200);
  const call = await desk.callBecomes(ana, callId, ({ recordings }) => recordings[0]?.state === 'kept');
  const [recording] = call.recordings;
  expect(recording).toMatchObject({ kind: 'call', mimeType: 'audio/wav' });
  const id = recording?.id ?? '';

  expect((await listen(null, id)).status).toBe(401);
  expect(Buffer.from(await (await listen(ana, id)).arrayBuffer()).equals(sound)).toBe(true);
  const part = await listen(ana, id, 'bytes=100-199');
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 100]);
  // Asking for all but the first second leaves a trace, too: one for each who listens.
  for (const range of ['bytes=1-', 'bytes=50-99']) expect((await listen(elena, id, range)).status).toBe(206);
  const opened = await db()
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'recording.opened')
    .where('target', '=', id)
    .execute();
  expect(opened.map(({ actor_id: actor }) => actor)).toEqual([ana.id, elena.id]);
  await caller.hangsUp();
  await ana.close(caller.ticketId);
  // What a browser still has of a call comes in the minute after it; what comes later is of somebody's making.
  desk.centre.clock.advance(121);
  const late = await put(ana, callId, 0, sound, 'made-later');
  expect([late.status, await late.json()]).toMatchObject([409, { error: { code: 'call_over' } }]);

  desk.centre.clock.advance(91 * 86_400);
  await until(
    async () =>
      (await db().selectFrom('call_recording').select('state').where('id', '=', id).executeTakeFirst())?.state ===
      'erased',
    { what: 'the rule of retention' },
  );
  expect(await db().selectFrom('attachment').select('id').where('id', '=', id).execute()).toEqual([]);
});

test('of a browser that died the recording is kept, and how long it is told by itself', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  await until(() => desk.line.room(caller.callId).recording === 'on', { what: 'the line to record' });
  // The last piece was cut short.
  expect((await put(ana, caller.callId, 0, webm.subarray(0, 100))).status).toBe(200);
  expect(
    (await put(ana, caller.callId, 1, Buffer.concat([webm.subarray(100), block(180).subarray(0, 4)]))).status,
  ).toBe(200);
  desk.centre.clock.advance(121);
  const call = await desk.callBecomes(ana, caller.callId, ({ recordings }) => recordings[0]?.state === 'kept');
  expect(call.recordings[0]).toMatchObject({ mimeType: 'audio/webm', milliseconds: 5_180 });
  await caller.hangsUp();
  await ana.close(caller.ticketId);
});
