import { expect } from 'vitest';
import { api } from '../../../server/contract/routes.ts';
import type { CallFloor, ScriptedCaller } from '../call-floor.ts';
import type { CallScript, Crew } from './script.ts';
import { waits } from './waiting.ts';

/** A caller who waited and has Ana on the line. */
async function withAna(
  floor: CallFloor,
  { ana }: Crew,
): Promise<{ caller: ScriptedCaller; ticketId: string; id: string }> {
  const caller = await waits(floor);
  await ana.ready();
  const ticketId = await ana.answers(caller);
  return { caller, ticketId, id: (await caller.view()).id };
}

/** A telephone outside that nobody of the city has. */
function outside(floor: CallFloor, phone: string) {
  const person = floor.simulator.world.personByPhone(phone) ?? floor.simulator.person({ name: 'Bomberos', phone });
  return floor.simulator.phone(person.id, 'voz');
}

/** Calls that people answer, and what they do with them. */
export const withPeople: CallScript[] = [
  {
    title: 'is answered, and the operator hangs up',
    outcome: 'answered',
    disposition: 'resuelto',
    lasted: { talk: [30, 60], hold: [0, 0] },
    legs: [['operator', 'left']],
    events: ['call_began', 'queued', 'offered', 'offer_accepted', 'closed'],
    async play(floor, crew) {
      const { caller, ticketId } = await withAna(floor, crew);
      await floor.pass(30);
      await crew.ana.endsCall(caller);
      await floor.happens(() => caller.isOver(), 'their telephone to be silent');
      await floor.happens(() => crew.ana.telephone.current() === null, 'the telephone of Ana to be silent');
      await crew.ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is answered, hangs up, and the operator has time to finish',
    outcome: 'answered',
    ticket: 'assigned',
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { caller } = await withAna(floor, crew);
      await floor.pass(15);
      await caller.hangsUp();
      const view = await caller.ends();
      const { wrapUpSeconds } = floor.centre.server.context.city.calls;
      const until = Date.parse(view.wrapUpUntil ?? '') - Date.parse(view.endedAt ?? '');
      expect(Math.abs(until / 1_000 - wrapUpSeconds)).toBeLessThan(3);
      // Another call is nobody's who is still finishing one.
      const next = await waits(floor);
      expect((await crew.ana.client.call(api.currentOffer)).offer).toBeNull();
      await next.hangsUp();
      return caller;
    },
  },
  {
    title: 'is answered, and the time to finish runs out by itself',
    outcome: 'answered',
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { caller, ticketId } = await withAna(floor, crew);
      await floor.pass(5);
      await caller.hangsUp();
      await caller.ends();
      await floor.pass(floor.centre.server.context.city.calls.wrapUpSeconds + 5);
      await crew.ana.client.ticketBecomes(ticketId, { state: 'closed', disposition: null });
      return caller;
    },
  },
  {
    title: 'is put on hold, hears music, and is back',
    outcome: 'answered',
    lasted: { hold: [20, 40], talk: [15, 60] },
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { caller, ticketId, id } = await withAna(floor, crew);
      const { ana } = crew;
      await floor.pass(10);
      await ana.client.call(api.holdCall, { params: { id }, body: { held: true } });
      await floor.happens(() => caller.with().length === 0, 'nobody to be heard');
      await floor.happens(() => caller.line.captions().at(-1)?.kind === 'music', 'music');
      await floor.pass(20);
      await ana.client.call(api.holdCall, { params: { id }, body: { held: false } });
      await floor.happens(() => caller.with().includes(ana.name), 'Ana to be heard again');
      await floor.pass(5);
      await ana.endsCall(caller);
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'hangs up while on hold',
    outcome: 'answered',
    ticket: 'assigned',
    lasted: { hold: [10, 30] },
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { caller, id } = await withAna(floor, crew);
      await crew.ana.client.call(api.holdCall, { params: { id }, body: { held: true } });
      await floor.happens(() => caller.with().length === 0, 'nobody to be heard');
      await floor.pass(12);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'is passed on to a person without a word, and has waited already',
    outcome: 'answered',
    legs: [
      ['operator', 'left'],
      ['operator', 'left'],
    ],
    events: ['queued', 'offer_accepted', 'transferred', 'offer_accepted', 'closed'],
    async play(floor, crew) {
      const { ana, beto } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      await beto.ready();
      await ana.client.call(api.transferCall, { params: { id }, body: { operatorId: beto.client.id } });
      await caller.comesToHear(/Te paso con otra persona/);
      await beto.answers(caller);
      expect(caller.with()).toEqual([beto.name]);
      expect(ana.telephone.current()).toBeNull();
      await beto.endsCall(caller);
      await beto.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is passed on to a queue, with the clock of the first ring',
    outcome: 'answered',
    legs: [
      ['operator', 'left'],
      ['operator', 'left'],
    ],
    async play(floor, crew) {
      const { ana, elena } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      const before = await ana.client.open(ticketId);
      await ana.client.call(api.transferCall, { params: { id }, body: { queueId: 'tramites' } });
      await caller.comesToHear(/Te paso con otra persona.*Sigue en la línea/);
      await ana.away();
      await elena.ready();
      await elena.answers(caller);
      const after = await elena.client.open(ticketId);
      expect(after.ticket.queueId).toBe('tramites');
      expect(after.ticket.clockAt).toBe(before.ticket.clockAt);
      await elena.endsCall(caller);
      await elena.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is passed on to a number outside, where somebody answers',
    outcome: 'transferred',
    ticket: 'assigned',
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { caller, id } = await withAna(floor, crew);
      const phone = outside(floor, '+522299000001');
      await crew.ana.client.call(api.transferCall, { params: { id }, body: { number: '+522299000001' } });
      await floor.happens(() => phone.currentCall()?.state === 'ringing', 'the number to ring');
      phone.currentCall()?.answer();
      await floor.happens(() => caller.with().length > 0, 'the two to hear each other');
      expect(crew.ana.telephone.current()).toBeNull();
      await floor.pass(20);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'is passed on to a number outside where nobody answers, and is back in the queue',
    outcome: 'answered',
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { caller, id } = await withAna(floor, crew);
      const phone = outside(floor, '+522299000002');
      phone.turnOff();
      await crew.ana.away();
      await crew.ana.client.call(api.transferCall, { params: { id }, body: { number: '+522299000002' } });
      await floor.happens(() => phone.calls().length > 0, 'the number to be called');
      await floor.pass(floor.centre.server.context.city.calls.ringSeconds);
      await caller.comesToHear(/En ese número no contestan.*con tu lugar/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'waits while another person is asked, and has the first one back',
    outcome: 'answered',
    // Somebody is on the line by the company's clock, on hold by ours; theirs counts whole seconds.
    lasted: { hold: [4, 60] },
    legs: [
      ['operator', 'left'],
      ['consulted', 'left'],
    ],
    async play(floor, crew) {
      const { ana, beto } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      await consults(floor, crew, caller, id);
      await floor.pass(5);
      await ana.client.call(api.endConsultation, { params: { id }, body: { how: 'back' } });
      await floor.happens(() => caller.with().includes(ana.name), 'Ana to be back');
      await floor.happens(() => beto.telephone.current() === null, 'Beto to be off the line');
      await ana.endsCall(caller);
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'talks with both at once',
    outcome: 'answered',
    legs: [
      ['operator', 'left'],
      ['consulted', 'left'],
    ],
    async play(floor, crew) {
      const { ana, beto } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      await consults(floor, crew, caller, id);
      await ana.client.call(api.endConsultation, { params: { id }, body: { how: 'conference' } });
      await floor.happens(() => caller.with().length === 2, 'all three to hear each other');
      expect(caller.with().toSorted()).toEqual([ana.name, beto.name]);
      await ana.endsCall(caller);
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is handed over after a consultation, and stays with the second',
    outcome: 'answered',
    legs: [
      ['operator', 'left'],
      ['operator', 'left'],
    ],
    events: ['offer_accepted', 'call_consulted', 'transferred', 'closed'],
    async play(floor, crew) {
      const { ana, beto } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      await consults(floor, crew, caller, id);
      await ana.client.call(api.endConsultation, { params: { id }, body: { how: 'complete' } });
      await floor.happens(() => caller.with().includes(beto.name), 'Beto to be with them');
      await floor.happens(() => ana.telephone.current() === null, 'Ana to be off the line');
      await floor.happens(
        async () => (await beto.client.open(ticketId)).ticket.operator?.id === beto.client.id,
        'Beto to hold the contact',
      );
      await beto.endsCall(caller);
      await beto.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is listened to, and does not know; the operator hears a whisper',
    outcome: 'answered',
    legs: [
      ['operator', 'left'],
      ['supervisor', 'left'],
    ],
    async play(floor, crew) {
      const { ana, elena } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      await elena.ready();
      await elena.client.call(api.monitorCall, { params: { id }, body: { how: 'listen' } });
      const supervisor = await floor.happens(() => {
        const line = elena.telephone.current();
        return line && line.inRoomWith().length === 2 ? line : null;
      }, 'Elena to hear both');
      expect(caller.with()).toEqual([ana.name]);
      await elena.client.call(api.monitorCall, { params: { id }, body: { how: 'whisper' } });
      await floor.happens(() => ana.telephone.current()?.inRoomWith().includes(elena.name), 'Ana to hear Elena');
      expect(caller.with()).toEqual([ana.name]);
      await elena.client.call(api.monitorCall, { params: { id }, body: { how: 'join' } });
      await floor.happens(() => caller.with().includes(elena.name), 'the caller to hear Elena');
      supervisor.hangUp();
      await floor.happens(() => caller.with().length === 1, 'Elena to be gone');
      await ana.endsCall(caller);
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'is recorded but for what the operator pauses, and the recording is kept',
    outcome: 'answered',
    legs: [['operator', 'left']],
    async play(floor, crew) {
      const { ana } = crew;
      const { caller, ticketId, id } = await withAna(floor, crew);
      await floor.happens(async () => (await caller.view()).recording === 'on', 'the recording to run');
      await floor.pass(5);
      await ana.client.call(api.pauseRecording, { params: { id }, body: { paused: true } });
      expect((await caller.view()).recording).toBe('paused');
      await floor.pass(5);
      await ana.client.call(api.pauseRecording, { params: { id }, body: { paused: false } });
      await floor.pass(5);
      await ana.endsCall(caller);
      await floor.happens(
        async () => (await caller.view()).recordings.some(({ kind, state }) => kind === 'call' && state === 'kept'),
        'the recording to be kept',
      );
      await ana.client.close(ticketId);
      return caller;
    },
  },
];

/** Ana asks Beto, while the caller hears music. */
async function consults(floor: CallFloor, { ana, beto }: Crew, caller: ScriptedCaller, id: string): Promise<void> {
  await beto.ready();
  await ana.client.call(api.consult, { params: { id }, body: { operatorId: beto.client.id } });
  const leg = await floor.happens(
    async () => (await caller.view()).legs.find(({ role }) => role === 'consulted'),
    'Beto to be asked',
  );
  if (leg.state === 'ringing') await beto.client.call(api.answerLeg, { params: { id, legId: leg.id } });
  await floor.happens(() => ana.telephone.current()?.inRoomWith().includes(beto.name), 'Ana to hear Beto');
  expect(caller.with()).toEqual([]);
}
