import { randomUUID } from 'node:crypto';
import { reportFacts } from '../../server/calls/report-facts.ts';
import type { CallLeg } from '../../server/contract/call.ts';
import type { CallFact, CallRef, CallStep, LegToRing, VoiceLine } from '../../server/contract/voice.ts';
import { aCaller, type Caller, type CallerOptions } from './caller.ts';
import type { ContactCentre } from './contact-centre.ts';
import { until } from './until.ts';

/** A line without a telephone company: a room a call, and people whose telephones a test answers. */
export interface MemoryLine extends VoiceLine {
  /** Somebody calls in, and does as they are told from here on. */
  calls(options?: CallerOptions): Promise<LineCaller>;
  /** Waits for a telephone to ring. */
  rings(who: Partial<LegToRing>): Promise<RingingTelephone>;
  /** Waits until a citizen is called; their answer brings them onto the line. */
  dials(number: string): Promise<{ callId: string; answers(): Promise<void>; isBusy(): Promise<void> }>;
  /** Orders that fail from here on. */
  readonly failing: Set<keyof VoiceLine>;
  /** How the room of a call was arranged last. */
  room(callId: string): Room;
  /** Waits until nobody is doing what they were told to. */
  settled(): Promise<void>;
}

export interface LineCaller {
  readonly caller: Caller;
  readonly callId: string;
  readonly ticketId: string;
  /** What they were told to do last. */
  doing(): CallStep['do'] | undefined;
  inRoom(): boolean;
  hangsUp(): Promise<void>;
}

export interface RingingTelephone {
  readonly legId: string;
  answers(): Promise<void>;
  hangsUp(): Promise<void>;
}

interface Room {
  members: Set<string>;
  legs: readonly CallLeg[];
  recording: 'on' | 'paused' | 'off';
  hungUp: Set<string>;
}

export function createMemoryLine(centre: ContactCentre): MemoryLine {
  const { context } = centre.server;
  const rooms = new Map<string, Room>();
  const ringing: { call: CallRef; leg: LegToRing }[] = [];
  /** Whoever was rung once is not rung again: an order that comes twice is the same call. */
  const rung = new Set<string>();
  const dialled: { callId: string; to: string; providerCallId: string }[] = [];
  const callers = new Map<string, LineCaller & { ask(): Promise<void> }>();
  const failing = new Set<keyof VoiceLine>();
  const underWay = new Set<Promise<void>>();
  let order = 0;

  const room = (callId: string): Room => {
    const known = rooms.get(callId) ?? { members: new Set(), legs: [], recording: 'off', hungUp: new Set() };
    rooms.set(callId, known);
    return known;
  };
  const done = { outcome: 'done' as const };
  const failed = { outcome: 'failed' as const, reason: 'the line is down' };

  async function tell(call: CallRef, what: CallFact['what']): Promise<void> {
    order += 1;
    await reportFacts(context, call, [{ key: randomUUID(), at: centre.clock.now(), order, what }]);
  }

  /** What happens by itself: whoever gave the order does not wait for it. */
  function later(work: Promise<void> | undefined): void {
    if (!work) return;
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  async function leave(call: CallRef, legId: string): Promise<void> {
    if (room(call.callId).members.delete(legId)) await tell(call, { kind: 'left', legId });
  }

  function follow(caller: Caller, call: CallRef): LineCaller & { ask(): Promise<void> } {
    const doing = () => caller.steps.at(-1)?.do;
    const settle = async () => {
      const { members } = room(caller.callId);
      if (doing() === 'join' && !members.has(caller.callId)) {
        members.add(caller.callId);
        await tell(call, { kind: 'joined', legId: caller.callId });
      } else if (doing() !== 'join') await leave(call, caller.callId);
      if (doing() === 'hangUp') await tell(call, { kind: 'ended', reason: 'completed' });
    };
    return {
      caller,
      callId: caller.callId,
      ticketId: caller.ticketId,
      doing,
      inRoom: () => room(caller.callId).members.has(caller.callId),
      async ask() {
        await caller.isRecalled();
        await settle();
      },
      async hangsUp() {
        room(caller.callId).members.delete(caller.callId);
        await caller.hangsUp();
      },
    };
  }

  const line: MemoryLine = {
    kind: 'twilio',
    failing,
    room,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async recall(call) {
      if (failing.has('recall')) return failed;
      later(callers.get(call.callId)?.ask());
      return done;
    },
    async dial({ callId, to }) {
      if (failing.has('dial')) return failed;
      const providerCallId = `CA${randomUUID().replaceAll('-', '')}`;
      dialled.push({ callId, to, providerCallId });
      return { outcome: 'done', providerCallId };
    },
    async ring(call, leg) {
      if (failing.has('ring')) return failed;
      if (!rung.has(leg.legId)) ringing.push({ call, leg });
      rung.add(leg.legId);
      return done;
    },
    async arrange(call, legs) {
      if (failing.has('arrange')) return failed;
      room(call.callId).legs = legs;
      return done;
    },
    async hangUp(call, legId) {
      if (failing.has('hangUp')) return failed;
      room(call.callId).hungUp.add(legId);
      if (legId === call.callId) later(tell(call, { kind: 'ended', reason: 'completed' }));
      else later(leave(call, legId));
      return done;
    },
    async record(call, to) {
      room(call.callId).recording = to;
      return done;
    },
    look: async () => [],
    fetchRecording: async () => ({ outcome: 'gone', reason: 'gone' }),
    eraseRecording: async () => {},
    deviceFor: async () => ({}),

    async calls(options = {}) {
      const caller = await aCaller(centre, options);
      const { callId, providerCallId } = caller;
      const followed = follow(caller, { callId, accountId: options.accountId ?? 'voz', providerCallId });
      callers.set(callId, followed);
      return followed;
    },
    async rings(who) {
      const isIt = ({ leg }: (typeof ringing)[number]) =>
        Object.entries(who).every(([key, value]) => leg[key as keyof LegToRing] === value);
      const telephone = await until(() => ringing.find(isIt), {
        what: `a telephone to ring: ${JSON.stringify(who)}`,
      });
      ringing.splice(ringing.indexOf(telephone), 1);
      const { call, leg } = telephone;
      return {
        legId: leg.legId,
        async answers() {
          room(call.callId).members.add(leg.legId);
          await tell(call, { kind: 'joined', legId: leg.legId });
        },
        hangsUp: () => leave(call, leg.legId),
      };
    },
    async dials(number) {
      const found = await until(() => dialled.find(({ to }) => to === number), { what: `${number} to be dialled` });
      dialled.splice(dialled.indexOf(found), 1);
      const { callId } = found;
      // By our own id: the news may come before we have noted what the line calls it.
      const call: CallRef = { callId, accountId: 'voz', providerCallId: callId };
      return {
        callId,
        async answers() {
          room(callId).members.add(callId);
          await tell(call, { kind: 'joined', legId: callId });
        },
        isBusy: () => tell(call, { kind: 'ended', reason: 'busy' }),
      };
    },
  };
  return line;
}
