import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveScreen } from '../../channels/simulator/screen/serve-screen.ts';
import type { TwilioSettings } from '../../server/contract/messaging.ts';
import { officialTwilio } from '../support/official-twilio.ts';
import { accounts, type SimulatedProvider, startSimulatedProvider } from '../support/simulated-provider.ts';
import { until } from '../support/until.ts';

let stage: SimulatedProvider;
let page: Awaited<ReturnType<typeof serveScreen>>;

beforeEach(async () => {
  stage = await startSimulatedProvider();
  const city = { name: 'Veracruz', contactName: 'Línea', color: '#000' };
  page = await serveScreen({ simulator: stage.simulator, city, places: [], built: '', port: 0 });
});
afterEach(async () => {
  await page.stop();
  await stage.close();
});

const RING = /event: (\w+)\ndata: (.*)\n\n/g;

/** A page that is a telephone, as a browser's EventSource reads it. */
async function open(identity: string, headers: Record<string, string> = {}) {
  const control = new AbortController();
  const place = `${page.url}/simulator/telephone/${identity}`;
  const { body } = await fetch(place, { headers, signal: control.signal });
  let heard = '';
  const read = async () => {
    for await (const chunk of body ?? []) heard += new TextDecoder().decode(chunk);
  };
  void read().catch(() => {});
  await until(() => heard.includes('id: 0'), { what: 'the line' });
  const events = (name: string) =>
    [...heard.matchAll(RING)].flatMap(([, event, data = '']) => (event === name ? JSON.parse(data) : []));
  const tell = (what: string, data: object) =>
    fetch(`${place}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(data),
    });
  return { events, tell, close: () => control.abort() };
}

/** Ana is in the room, and this telephone is called into it. */
async function invite(identity: string) {
  const client = officialTwilio(stage.simulator.settingsFor(accounts.voice) as TwilioSettings);
  stage.city.says.set('/webhooks/twilio/voice', '<Response><Dial><Conference>sala</Conference></Dial></Response>');
  const phone = stage.simulator.phone('ana', 'voz');
  const ana = phone.currentCall() ?? phone.call();
  await stage.simulator.quiet();
  const leg = await client
    .conferences('sala')
    .participants.create({ from: accounts.voice.address, to: `client:${identity}?legId=7&callId=8` });
  await stage.pass(0.2);
  return { ana, legSid: leg.callSid };
}

test('a page rings, answers, knows who is there, passes signals and typed words on, and hears the end', async () => {
  const desk = await open('operator_1');
  const { ana, legSid } = await invite('operator_1');
  const ring = await until(() => desk.events('ring')[0], { what: 'the ring' });
  expect(ring).toMatchObject({ legSid, callSid: legSid, parameters: { legId: '7', callId: '8', CallSid: legSid } });
  await desk.tell('answer', { legSid });
  const room = await until(() => desk.events('room').find(({ members }) => members.length === 2), {
    what: 'the room',
  });
  expect(room).toMatchObject({
    legSid,
    members: [
      { sid: ana.sid, held: false },
      { sid: legSid, muted: false },
    ],
  });
  const resident = await open('person_ana');
  const signal = { type: 'offer', sdp: 'v=0' };
  await desk.tell('signal', { from: legSid, to: ana.sid, signal });
  await until(() => resident.events('signal').length > 0, { what: 'the signal' });
  expect(resident.events('signal')).toEqual([{ from: legSid, to: ana.sid, signal }]);
  const forged = await resident.tell('signal', { from: legSid, to: ana.sid, signal });
  expect(forged.status).toBe(400);
  ana.speak('¿Bueno?');
  await desk.tell('say', { legSid, text: 'Buenas tardes' });
  await until(() => desk.events('said').length > 0, { what: 'the words' });
  expect(ana.captions().at(-1)).toMatchObject({ kind: 'voice', text: 'Buenas tardes' });
  ana.hangUp();
  await desk.tell('hang-up', { legSid });
  await until(() => desk.events('over').length > 0, { what: 'the end' });
});

test('a line that comes back goes on; a page that is loaded anew has lost its call; none at all is missed after a while', async () => {
  const first = await open('operator_1');
  const { ana, legSid } = await invite('operator_1');
  await first.tell('answer', { legSid });
  await until(() => ana.inRoomWith().length === 1, { what: 'the conversation' });
  first.close();
  await until(() => stage.timers.waiting().includes(10), { what: 'the loss' });
  const back = await open('operator_1', { 'last-event-id': '3' });
  await stage.pass(11);
  expect(ana.inRoomWith()).toEqual(['operator_1']);
  back.close();
  await until(() => stage.timers.waiting().includes(10), { what: 'the second loss' });
  const anew = await open('operator_1');
  await until(() => ana.inRoomWith().length === 0, { what: 'the end of the leg' });
  const again = await invite('operator_1');
  await until(() => anew.events('ring').length > 0, { what: 'the ring of the new page' });
  await anew.tell('answer', { legSid: again.legSid });
  await until(() => ana.inRoomWith().length === 1, { what: 'the conversation' });
  anew.close();
  await until(() => stage.timers.waiting().includes(10), { what: 'the third loss' });
  await stage.pass(10);
  expect(ana.inRoomWith()).toEqual([]);
});
