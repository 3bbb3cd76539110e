import { expect } from 'vitest';
import type { CallInProgress } from '../../../channels/simulator/voice/phone/call-in-progress.ts';
import { api } from '../../../server/contract/routes.ts';
import type { CallFloor, ScriptedCaller } from '../call-floor.ts';
import { type CallScript, checkBoard } from './script.ts';

/** Calls, and waits for a person. */
export async function waits(
  floor: CallFloor,
  options: Parameters<CallFloor['calls']>[0] = {},
): Promise<ScriptedCaller> {
  const caller = await floor.calls(options);
  await caller.hears(/marca 0/);
  caller.presses('0');
  await caller.hears(/Sigue en la línea/);
  return caller;
}

const ticketOf = async (floor: CallFloor, caller: ScriptedCaller) => {
  const { ticketId } = await caller.view();
  return floor.centre.server.context.database.db
    .selectFrom('ticket')
    .selectAll()
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
};
const callbackOf = async (floor: CallFloor, caller: ScriptedCaller) => {
  const { ticketId } = await caller.view();
  return floor.centre.server.context.database.db
    .selectFrom('callback')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst();
};

/** Calls that wait, and what people do instead of waiting. */
export const waiting: CallScript[] = [
  {
    title: 'gives up after a minute in the queue',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    lasted: { wait: [60, 110], talk: [0, 0], hold: [0, 0] },
    events: ['call_began', 'queued', 'closed'],
    async play(floor) {
      const caller = await waits(floor);
      await floor.pass(60);
      await checkBoard(floor, 1, caller);
      await caller.hangsUp();
      await caller.ends();
      await checkBoard(floor, 0, null);
      return caller;
    },
  },
  {
    title:
      'hears music, the place in the queue and what the city has to say, by turns, for ten minutes with nobody there',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    lasted: { wait: [600, 700] },
    async play(floor) {
      const caller = await waits(floor);
      await floor.pass(600);
      const said = caller.line.heard();
      expect(said.filter((text) => text === 'Tu llamada es la siguiente.').length).toBeGreaterThanOrEqual(10);
      expect(said.some((text) => /Muchos trámites/.test(text))).toBe(true);
      expect(caller.line.captions().filter(({ kind }) => kind === 'music').length).toBeGreaterThanOrEqual(10);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'moves up when who is ahead gives up',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    async play(floor) {
      const first = await waits(floor);
      const second = await waits(floor);
      await second.hears(/Hay una persona antes que tú/);
      await checkBoard(floor, 2, first);
      await first.hangsUp();
      await first.ends();
      await checkBoard(floor, 1, second);
      await second.hears(/Tu llamada es la siguiente/, 120);
      await second.hangsUp();
      return second;
    },
  },
  {
    title: 'asks to be called, and keeps the place',
    outcome: 'callback',
    ticket: 'waiting',
    async play(floor) {
      const caller = await waits(floor);
      const { clock_at: clock } = await ticketOf(floor, caller);
      await caller.hears(/Para|marca 1/);
      caller.presses('1');
      await caller.hears(/Te llamamos al .*marca gato/);
      caller.presses('#');
      await caller.hears(/Guardamos tu lugar/, 120);
      await floor.happens(() => caller.isOver(), 'the city to hang up');
      await caller.ends();
      expect(await callbackOf(floor, caller)).toMatchObject({ phone: caller.phone, why: 'asked', done_at: null });
      expect((await ticketOf(floor, caller)).clock_at).toEqual(clock);
      await checkBoard(floor, 1, caller);
      return caller;
    },
  },
  {
    title: 'calls again meanwhile, has the same place, and gives it up',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    ticket: 'waiting',
    async play(floor) {
      const first = await waits(floor, { phone: '+522293900002' });
      const { id: ticketId } = await ticketOf(floor, first);
      first.presses('1');
      await first.hears(/Te llamamos al/);
      first.presses('#');
      await first.hears(/Guardamos tu lugar/, 120);
      await floor.happens(() => first.isOver(), 'the city to hang up');
      const again = await floor.calls({ phone: '+522293900002' });
      await again.hears(/Sigue en la línea/);
      expect((await again.view()).ticketId).toBe(ticketId);
      await again.hangsUp();
      return again;
    },
  },
  {
    title: 'shows no number, is asked for one, and hears it read back',
    outcome: 'callback',
    ticket: 'waiting',
    async play(floor) {
      const caller = await waits(floor, { withheld: true });
      caller.presses('1');
      await caller.hears(/¿A qué número te llamamos\?/);
      caller.presses('2299#');
      await caller.hears(/no tiene diez dígitos/);
      caller.presses('2297654321');
      await caller.hears(/dos dos nueve, siete seis cinco, cuatro tres, dos uno/, 120);
      await floor.happens(() => caller.isOver(), 'the city to hang up');
      await caller.ends();
      expect(await callbackOf(floor, caller)).toMatchObject({ phone: '+522297654321' });
      return caller;
    },
  },
  {
    title: 'goes on by WhatsApp with the place',
    outcome: 'moved',
    async play(floor) {
      const caller = await waits(floor);
      const { clock_at: clock } = await ticketOf(floor, caller);
      caller.presses('2');
      await caller.hears(/WhatsApp/);
      await floor.happens(() => caller.isOver(), 'the city to hang up');
      const moved = await floor.centre.server.context.database.db
        .selectFrom('ticket as t')
        .innerJoin('conversation as c', 'c.id', 't.conversation_id')
        .selectAll('t')
        .where('c.channel', '=', 'whatsapp')
        .where('c.address', '=', caller.phone)
        .executeTakeFirstOrThrow();
      expect(moved).toMatchObject({ state: 'waiting', clock_at: clock });
      return caller;
    },
  },
  {
    title: 'calls when nobody is on duty, and leaves a message',
    outcome: 'voicemail',
    ticket: 'waiting',
    lasted: { voicemail: [5, 60] },
    async play(floor) {
      await floor.hours(false);
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.presses('0');
      await caller.hears(/no hay personas atendiendo.*después del tono/, 120);
      await floor.happens(() => caller.line.captions().some(({ kind }) => kind === 'tone'), 'the tone');
      await floor.pass(1);
      caller.says('soy Ana, hay una fuga en mi calle');
      await floor.pass(8);
      await caller.hangsUp();
      // What was recorded may be told after the end.
      await floor.happens(async () => (await caller.view()).outcome === 'voicemail', 'the message to be known');
      await floor.hours(true);
      expect((await caller.view()).recordings).toMatchObject([{ kind: 'voicemail' }]);
      expect(await callbackOf(floor, caller)).toMatchObject({ why: 'voicemail' });
      return caller;
    },
  },
  {
    title: 'calls when nobody is on duty, and hangs up before the tone',
    outcome: 'abandoned',
    async play(floor) {
      await floor.hours(false);
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.presses('0');
      await caller.hears(/no hay personas atendiendo/, 120);
      await caller.hangsUp();
      await caller.ends();
      await floor.hours(true);
      return caller;
    },
    abandonedIn: 'voicemail',
  },
  {
    title: 'hangs up while an operator who has accepted is rung',
    outcome: 'abandoned',
    abandonedIn: 'connecting',
    legs: [['operator', 'unreached']],
    async play(floor, { ana }) {
      const caller = await waits(floor);
      ana.telephone.answers = 'never';
      await ana.ready();
      await ana.accepts();
      await floor.happens(() => ana.telephone.current(), 'the telephone of Ana to ring');
      await floor.pass(3);
      await caller.hangsUp();
      await floor.happens(() => ana.telephone.current() === null, 'the telephone of Ana to be silent');
      return caller;
    },
  },
  {
    title: 'is called back by who is free, and answers',
    outcome: 'callback',
    ticket: 'closed',
    async play(floor, { ana }) {
      const caller = await waits(floor);
      caller.presses('1');
      await caller.hears(/Te llamamos al/);
      caller.presses('#');
      await caller.hears(/Guardamos tu lugar/, 120);
      await caller.ends();
      await ana.ready();
      const ticketId = await ana.accepts();
      const line = await floor.happens(
        () => ringing(theirPhone(floor, caller).currentCall()),
        'their telephone to ring',
      );
      line.answer();
      await floor.happens(() => line.inRoomWith().includes(ana.name), 'the two to hear each other');
      await floor.pass(20);
      line.hangUp();
      const answered = await floor.happens(async () => {
        const { calls, callback } = await ana.client.open(ticketId);
        return calls.find(({ direction, endedAt }) => direction === 'out' && endedAt) && { calls, callback };
      }, 'the call back to be over');
      expect(answered.calls.map(({ outcome }) => outcome)).toEqual(['callback', 'answered']);
      expect(answered.callback).toBeNull();
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is called back, and does not answer: tried again later',
    outcome: 'callback',
    ticket: 'snoozed',
    async play(floor, { ana }) {
      const caller = await waits(floor);
      caller.presses('1');
      await caller.hears(/Te llamamos al/);
      caller.presses('#');
      await caller.hears(/Guardamos tu lugar/, 120);
      await caller.ends();
      theirPhone(floor, caller).turnOff();
      await ana.ready();
      const ticketId = await ana.accepts();
      await floor.happens(() => theirPhone(floor, caller).calls().length > 1, 'their telephone to be called');
      await floor.pass(floor.centre.server.context.city.calls.ringSeconds);
      await floor.happens(async () => (await callbackOf(floor, caller))?.tries === 1, 'the try to be over');
      await ana.client.ticketBecomes(ticketId, { state: 'snoozed' });
      return caller;
    },
  },
  {
    title: 'gave up, and is called from the list of abandoned calls',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    async play(floor, { ana }) {
      const caller = await waits(floor);
      await caller.hangsUp();
      const { ticketId } = await caller.ends();
      const { calls } = await ana.client.call(api.listCalls, { query: { view: 'abandoned', limit: 10 } });
      expect(calls.map((call) => call.ticketId)).toContain(ticketId);
      await ana.ready();
      await ana.client.call(api.startCall, { body: { clientId: crypto.randomUUID(), ticketId } });
      const line = await floor.happens(
        () => ringing(theirPhone(floor, caller).currentCall()),
        'their telephone to ring',
      );
      line.answer();
      await floor.happens(() => line.inRoomWith().includes(ana.name), 'the two to hear each other');
      line.hangUp();
      await floor.happens(
        async () => (await ana.client.open(ticketId)).calls.every(({ endedAt }) => endedAt),
        'the end',
      );
      await ana.client.close(ticketId);
      return caller;
    },
  },
];

const ringing = (line: CallInProgress | null): CallInProgress | null => (line?.state === 'ringing' ? line : null);

function theirPhone(floor: CallFloor, { personId }: ScriptedCaller) {
  return floor.simulator.phone(personId, 'voz');
}
