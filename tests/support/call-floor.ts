import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Simulator } from '../../channels/simulator/create-simulator.ts';
import { isOver } from '../../channels/simulator/voice/call.ts';
import type { CallInProgress } from '../../channels/simulator/voice/phone/call-in-progress.ts';
import type { OperatorTelephone } from '../../channels/simulator/voice/phone/operator-telephone.ts';
import { readCall } from '../../server/calls/present-call.ts';
import type { CallView } from '../../server/contract/call.ts';
import type { City } from '../../server/contract/city.ts';
import { api } from '../../server/contract/routes.ts';
import { systemActor } from '../../server/conversations/change-ticket.ts';
import { endTicket } from '../../server/conversations/end-ticket.ts';
import { lockContact } from '../../server/conversations/lock-contact.ts';
import { type ContactCentre, startContactCentre } from './contact-centre.ts';
import { createManualTimers, type ManualTimers } from './manual-timers.ts';
import type { OperatorClient } from './operator-client.ts';
import { until } from './until.ts';

/** A contact centre whose telephone company is emulated, with time in the test's hands. */
export interface CallFloor {
  centre: ContactCentre;
  simulator: Simulator;
  /** Lets seconds pass at the telephone company and in the server, and what they set off be done. */
  pass(seconds: number): Promise<void>;
  /** Lets time pass, little by little, until something is so; it takes what it takes. */
  happens<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>>;
  /** Somebody with a telephone of their own calls the city. */
  calls(options?: { withheld?: boolean; phone?: string }): Promise<ScriptedCaller>;
  /** Somebody of the city with a headset, away until they say otherwise. */
  operator(name: string): Promise<ScriptedOperator>;
  /** All queues open, as they are, or none. */
  hours(open: boolean): Promise<void>;
  /** Nobody is on the line any more, and nobody waits to be called. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export interface ScriptedCaller {
  readonly line: CallInProgress;
  readonly phone: string;
  readonly personId: string;
  /** Waits until the city has said something like this since they last did anything. @returns all of that */
  hears(pattern: RegExp, withinSeconds?: number): Promise<string>;
  /** The same, where the city needs a while of its own to notice something. */
  comesToHear(pattern: RegExp): Promise<unknown>;
  presses(keys: string): void;
  says(text: string): void;
  hangsUp(): Promise<void>;
  /** Names of those they hear. */
  with(): string[];
  isOver(): boolean;
  /** Their call as the city knows it. */
  view(): Promise<CallView>;
  /** Waits until the call is over. */
  ends(): Promise<CallView>;
}

export interface ScriptedOperator {
  client: OperatorClient;
  /** As others on the line know them. */
  name: string;
  telephone: OperatorTelephone;
  ready(): Promise<void>;
  away(): Promise<void>;
  /** Waits for an offer and accepts it: their telephone rings. @returns the ticket's id */
  accepts(): Promise<string>;
  /** The same, and is on the line with the caller. */
  answers(caller: ScriptedCaller): Promise<string>;
  /** Hangs up for everybody. */
  endsCall(caller: ScriptedCaller): Promise<void>;
}

/** Real milliseconds that anything may take; it matters only when a test fails anyway. */
const PATIENCE_MS = 30_000;
/** Of its time, while something of the server's is waited for. */
const STEP_SECONDS = 0.1;
const POLL_MS = 20;
/** The line's account in the sample city. */
const LINE = 'voz';

/** @param change the sample city otherwise than it is */
export async function openCallFloor(change: (city: City) => City = (city) => city): Promise<CallFloor> {
  const timers = createManualTimers();
  const centre = await startContactCentre({
    simulatorTimers: timers,
    settings: { PRESENCE_LEASE_SECONDS: 600 },
    change,
  });
  const { simulator } = centre.server;
  if (!simulator) throw new Error('Nobody emulates the telephone company');
  const pass = passing(centre, simulator, timers);
  const administrator = await centre.operator('fernando');
  let people = 0;

  async function happens<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
    const deadline = performance.now() + PATIENCE_MS;
    let cause: unknown;
    while (performance.now() < deadline) {
      try {
        const value = await condition();
        if (value) return value;
      } catch (error) {
        cause = error;
      }
      await pause(POLL_MS);
      await pass(STEP_SECONDS);
    }
    throw new Error(`Waited in vain for ${what}${cause instanceof Error ? `: ${cause.message}` : ''}`, { cause });
  }

  const { db } = centre.server.context.database;
  async function viewOf(sid: string): Promise<CallView> {
    const { id } = await db
      .selectFrom('call')
      .select('id')
      .where('provider_call_id', '=', sid)
      .executeTakeFirstOrThrow();
    return readCall(db, centre.server.context.city, id);
  }

  return {
    centre,
    simulator,
    pass,
    happens,
    async calls({ withheld = false, phone = `+52229${String(3_000_000 + ++people)}` } = {}) {
      const person = simulator.world.personByPhone(phone) ?? simulator.person({ name: `Ana ${people}`, phone });
      const line = simulator.phone(person.id, LINE).call({ withheld });
      let since = 0;
      const heard = () =>
        line
          .captions()
          .slice(since)
          .flatMap(({ kind, text }) => (kind === 'said' ? text : []));
      const acted = () => {
        since = line.captions().length;
      };
      return {
        line,
        phone,
        personId: person.id,
        async hears(pattern, withinSeconds = 90) {
          for (let passed = 0; passed <= withinSeconds; passed += 1) {
            const words = heard().join(' ');
            if (pattern.test(words)) return words;
            await pass(1);
          }
          throw new Error(`${pattern} was not heard, but: ${heard().join(' ') || 'nothing'} (${line.state})`);
        },
        comesToHear: (pattern) => happens(() => pattern.test(heard().join(' ')), `${pattern} to be heard`),
        presses(keys) {
          acted();
          line.press(keys);
        },
        says(text) {
          acted();
          line.speak(text);
        },
        async hangsUp() {
          line.hangUp();
          await pass(0.5);
        },
        with: () => line.inRoomWith(),
        isOver: () => !['queued', 'ringing', 'in-progress'].includes(line.state),
        view: () => viewOf(line.sid),
        ends: () =>
          happens(async () => {
            const view = await viewOf(line.sid);
            return view.endedAt ? view : null;
          }, 'the call to end'),
      };
    },
    async operator(name) {
      const client = await centre.operator(name);
      const telephone = simulator.telephone(`operator_${client.id.replace(/[^A-Za-z0-9]/g, '_')}`, name);
      const accepts = async () => {
        const offer = await happens(async () => (await client.call(api.currentOffer)).offer, `an offer for ${name}`);
        return (await client.call(api.acceptOffer, { params: { id: offer.id } })).id;
      };
      return {
        client,
        name,
        telephone,
        ready: async () =>
          void (await client.call(api.setPresence, { body: { status: 'available', takesCalls: true } })),
        away: async () => void (await client.away()),
        accepts,
        async answers(caller) {
          const ticketId = await accepts();
          await happens(() => caller.with().includes(name), `${name} to be on the line`);
          // The telephone company counts whole seconds.
          await pass(3);
          return ticketId;
        },
        async endsCall(caller) {
          await client.call(api.hangUpCall, { params: { id: (await caller.view()).id } });
          await caller.ends();
        },
      };
    },
    async hours(open) {
      const always = [{ from: '00:00', to: '24:00' }];
      const queues = await administrator.call(api.listQueues);
      for (const { id, hours, open: _, opensAt: __, protected: ___, ...queue } of queues) {
        const days = Object.fromEntries(Object.keys(hours.days).map((day) => [day, open ? always : []]));
        const body = { ...queue, hours: { ...hours, days: days as unknown as typeof hours.days } };
        await administrator.call(api.saveQueue, { params: { id }, body });
      }
      await until(async () => (await centre.server.context.openings.of('general')).open === open);
    },
    async clear() {
      const { telephony } = simulator;
      for (const call of telephony.calls.values()) if (!isOver(call)) telephony.hangUp(call);
      await happens(
        async () => !(await db.selectFrom('call').select('id').where('ended_at', 'is', null).executeTakeFirst()),
        'all calls to end',
      );
      const { unitOfWork, say } = centre.server.context;
      const left = await db.selectFrom('ticket').select('id').where('state', '<>', 'closed').execute();
      for (const { id } of left) {
        await unitOfWork(async (unit) => {
          const contact = await lockContact(unit, id);
          if (contact.ticket.state === 'closed') return;
          await endTicket(unit, say, contact, { actor: systemActor, disposition: null, notice: null });
        });
      }
    },
    stop: () => centre.stop(),
  };
}

/** From one thing that is due to the next, so that each finds what the one before it set off. */
function passing({ clock }: ContactCentre, simulator: Simulator, timers: ManualTimers) {
  const go = (seconds: number) => {
    clock.advance(seconds);
    timers.pass(seconds);
  };
  /** What an answer sets off begins a few turns after it. */
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await nextTurn();
      await simulator.quiet();
    }
  };
  return async (seconds: number): Promise<void> => {
    let left = seconds;
    await settle();
    for (let [next] = timers.waiting(); next !== undefined && next <= left; [next] = timers.waiting()) {
      go(next);
      left -= next;
      await settle();
    }
    go(left);
    await settle();
  };
}
