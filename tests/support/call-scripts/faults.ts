import { expect } from 'vitest';
import { voicePaths } from '../../../channels/simulator/twilio/phone-number.ts';
import type { CallScript } from './script.ts';
import { waits } from './waiting.ts';

/** What goes wrong on the way, and whom it must not hurt. */
export const faults: CallScript[] = [
  {
    title: 'every webhook comes twice, from the first ring to the end',
    outcome: 'answered',
    disposition: 'resuelto',
    legs: [['operator', 'left']],
    async play(floor, { ana }) {
      floor.simulator.trouble({ double: true });
      const caller = await waits(floor);
      await ana.ready();
      const ticketId = await ana.answers(caller);
      await floor.pass(10);
      await ana.endsCall(caller);
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'what happens comes in any order',
    outcome: 'answered',
    ticket: 'assigned',
    legs: [['operator', 'left']],
    async play(floor, { ana }) {
      floor.simulator.trouble({ disorder: true });
      const caller = await waits(floor);
      await ana.ready();
      await ana.answers(caller);
      await floor.pass(10);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'what happens is told eight seconds late',
    outcome: 'answered',
    ticket: 'assigned',
    legs: [['operator', 'left']],
    lasted: { talk: [20, 50] },
    async play(floor, { ana }) {
      floor.simulator.trouble({ delaySeconds: 8 });
      const caller = await waits(floor);
      await ana.ready();
      await ana.answers(caller);
      await floor.pass(30);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'somebody who is not the telephone company brings a webhook, and nothing is stored',
    outcome: 'abandoned',
    abandonedIn: 'bot',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      const { db } = floor.centre.server.context.database;
      const count = async () => (await db.selectFrom('call').select('id').execute()).length;
      const before = await count();
      for (const path of [voicePaths.voice, voicePaths.status]) {
        const answer = await fetch(`${floor.centre.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'bm90IHRoZWlycw==' },
          body: new URLSearchParams({
            CallSid: caller.line.sid,
            CallStatus: 'completed',
            From: caller.phone,
            To: caller.line.to,
          }),
        });
        expect(answer.status).toBe(403);
      }
      expect(await count()).toBe(before);
      expect((await caller.view()).endedAt).toBeNull();
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'the operator who accepted does not pick up: back to the old place, and another one answers',
    outcome: 'answered',
    legs: [
      ['operator', 'unreached'],
      ['operator', 'left'],
    ],
    async play(floor, { ana, beto }) {
      const caller = await waits(floor);
      ana.telephone.answers = 'never';
      await ana.ready();
      const ticketId = await ana.accepts();
      await floor.happens(() => ana.telephone.current(), 'the telephone of Ana to ring');
      await floor.pass(floor.centre.server.context.city.calls.ringSeconds + 3);
      await beto.ready();
      await beto.answers(caller);
      const { db } = floor.centre.server.context.database;
      const presence = await db
        .selectFrom('presence')
        .select('status')
        .where('operator_id', '=', ana.client.id)
        .executeTakeFirstOrThrow();
      expect(presence.status).toBe('away');
      await beto.endsCall(caller);
      await beto.client.close(ticketId);
      return caller;
    },
  },
  {
    title: "the operator's telephone cannot be reached at all: back to the old place",
    outcome: 'answered',
    legs: [
      ['operator', 'unreached'],
      ['operator', 'left'],
    ],
    async play(floor, { ana, beto }) {
      const caller = await waits(floor);
      ana.telephone.answers = 'declines';
      await ana.ready();
      const ticketId = await ana.accepts();
      await beto.ready();
      await beto.answers(caller);
      await beto.endsCall(caller);
      await beto.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'the API of the telephone company is out of order while an operator accepts: the caller keeps the place',
    outcome: 'answered',
    legs: [
      ['operator', 'unreached'],
      ['operator', 'left'],
    ],
    events: ['offer_accepted', 'requeued', 'offer_accepted', 'closed'],
    async play(floor, { ana, beto }) {
      const caller = await waits(floor);
      await ana.ready();
      floor.simulator.trouble({ apiDown: true });
      const ticketId = await ana.accepts();
      await floor.pass(floor.centre.server.context.city.calls.ringSeconds);
      await floor.happens(
        async () => (await ana.client.open(ticketId)).ticket.state !== 'assigned',
        'the contact to wait again',
      );
      await ana.away();
      floor.simulator.trouble({ apiDown: false });
      await beto.ready();
      await beto.answers(caller);
      await beto.endsCall(caller);
      await beto.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'the API of the telephone company takes its time',
    outcome: 'answered',
    legs: [['operator', 'left']],
    async play(floor, { ana }) {
      floor.simulator.trouble({ apiDelaySeconds: 2 });
      const caller = await waits(floor);
      await ana.ready();
      const ticketId = await ana.answers(caller);
      await ana.endsCall(caller);
      await ana.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'the server breaks when it is asked what to say: the caller hears so, and goes on as soon as it is back',
    outcome: 'abandoned',
    abandonedIn: 'bot',
    async play(floor) {
      const { desk } = floor.centre.server.context;
      const { phrase } = desk;
      desk.phrase = () => {
        throw new Error('broken for the test');
      };
      const caller = await floor.calls();
      try {
        await floor.happens(() => caller.line.heard().length > 0, 'something to be said');
      } finally {
        desk.phrase = phrase;
      }
      expect(caller.line.heard()[0]).not.toMatch(/application error/i);
      await caller.hears(/marca 0/, 60);
      await caller.hangsUp();
      // That is what was wanted here.
      floor.simulator.telephony.office.faults.length = 0;
      return caller;
    },
  },
  {
    title:
      "the operator's browser dies in mid-call: the caller hears a sentence, is at the head of the queue, and is answered",
    outcome: 'answered',
    legs: [
      ['operator', 'left'],
      ['operator', 'left'],
    ],
    events: ['offer_accepted', 'requeued', 'offer_accepted', 'closed'],
    async play(floor, { ana, beto }) {
      const caller = await waits(floor);
      await ana.ready();
      const ticketId = await ana.answers(caller);
      const later = await waits(floor);
      await ana.away();
      ana.telephone.hangUp();
      await caller.comesToHear(/Un momento/);
      await floor.pass(15);
      await caller.comesToHear(/se cortó la comunicación.*Sigue en la línea/);
      await beto.ready();
      await beto.answers(caller);
      expect(later.with()).toEqual([]);
      await later.hangsUp();
      await beto.endsCall(caller);
      await beto.client.close(ticketId);
      return caller;
    },
  },
  {
    title: 'the caller hangs up in the instant in which an operator accepts',
    outcome: 'abandoned',
    abandonedIn: ['queue', 'connecting'],
    legs: 'as it may be',
    async play(floor, { ana }) {
      const caller = await waits(floor);
      await ana.ready();
      const ticketId = await ana.accepts();
      caller.line.hangUp();
      await caller.ends();
      await floor.happens(
        async () => (await ana.client.open(ticketId)).ticket.state === 'closed',
        'the contact to end',
      );
      await floor.happens(() => ana.telephone.current() === null, 'the telephone of Ana to be silent');
      return caller;
    },
  },
];
