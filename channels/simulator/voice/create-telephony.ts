import type { ProviderParts } from '../provider.ts';
import { voicePaths } from '../twilio/phone-number.ts';
import { type CallStatus, type EndStatus, hears, isOver, type VoiceCall } from './call.ts';
import { tellOfCall } from './call-reports.ts';
import { createConferences } from './conferences.ts';
import { handsetFor } from './handsets.ts';
import { Interrupted } from './interrupted.ts';
import { createOffice } from './office.ts';
import { follow } from './programme/follow.ts';
import { createQueues } from './queues.ts';
import { createRecordings } from './recordings.ts';
import { secondsToSay } from './speaking-time.ts';
import type { CallOrder, Source, Telephony } from './telephony.ts';
import { TwimlFault } from './twiml/twiml-fault.ts';
import type { CallEvent } from './twiml/verbs.ts';

const MOST_CALLS = 1_000;
/** From the order to the first ring. */
const TO_RING = 0.1;
/** How sure the emulated recognition is of what was typed. */
const CONFIDENCE = 0.93;

/** The telephone company behind Twilio's voice: calls, their instructions, queues, conferences and recordings. */
export function createTelephony(parts: ProviderParts): Telephony {
  const office = createOffice(parts);
  const { world } = office;
  const recordings = createRecordings(office);
  const calls: Telephony['calls'] = new Map();
  const clients: Telephony['clients'] = new Map();

  function keep(call: VoiceCall): VoiceCall {
    calls.set(call.sid, call);
    if (calls.size > MOST_CALLS) {
      const oldest = [...calls.values()].find(isOver);
      if (oldest) calls.delete(oldest.sid);
    }
    office.changed(call);
    return call;
  }

  function newCall(
    given: Pick<VoiceCall, 'account' | 'direction' | 'from' | 'to' | 'handset' | 'status'> & Partial<VoiceCall>,
  ): VoiceCall {
    const now = world.now();
    return {
      sid: office.sid('CA'),
      parentSid: null,
      parameters: {},
      createdAt: now,
      updatedAt: now,
      answeredAt: null,
      endedAt: null,
      reports: null,
      sequence: 0,
      fallback: null,
      captions: [],
      doing: null,
      listeners: [],
      room: null,
      atEnd: new Set(),
      ...given,
    };
  }

  function setStatus(call: VoiceCall, status: CallStatus, event: CallEvent): void {
    call.status = status;
    tellOfCall(office, call, event);
    office.changed(call);
  }

  function begin(call: VoiceCall, work: (signal: AbortSignal) => Promise<void>): void {
    call.doing?.abort(new Interrupted());
    const control = new AbortController();
    call.doing = control;
    void work(control.signal).then(
      () => {
        if (call.doing === control) end(call, 'completed');
      },
      (error: unknown) => {
        if (error instanceof Interrupted) return;
        if (call.doing === control) end(call, 'failed');
        // What is wrong with a document has been written down.
        if (!(error instanceof TwimlFault)) throw error;
      },
    );
  }

  const run = (call: VoiceCall, source: Source) => async (signal: AbortSignal) => {
    await follow(source, { telephony, call, signal, follow, scope: 'call', extra: () => ({}), pace: { documents: 0 } });
  };

  function end(call: VoiceCall, status: EndStatus): void {
    if (isOver(call)) return;
    call.endedAt = world.now();
    call.status = status;
    for (const recording of recordings.runningOn({ callSid: call.sid })) recordings.stop(recording);
    call.doing?.abort(new Interrupted());
    call.listeners = [];
    for (const work of call.atEnd) work();
    setStatus(call, status, 'completed');
    call.handset.isOver?.(call);
  }

  function place(order: CallOrder): VoiceCall {
    const { identity, parameters } = clientOf(order.to);
    const to = identity ? `client:${identity}` : order.to;
    const call = keep(
      newCall({
        account: order.account,
        direction: order.direction,
        from: order.from,
        to,
        handset: handsetFor(telephony, to),
        status: 'queued',
        parentSid: order.parentSid ?? null,
        parameters,
        reports: order.reports ?? null,
        fallback: order.fallback ?? null,
      }),
    );
    onAnswer.set(call, order);
    tellOfCall(office, call, 'initiated');
    later(call, TO_RING, () => ring(call, order));
    return call;
  }
  const onAnswer = new WeakMap<VoiceCall, CallOrder>();

  function ring(call: VoiceCall, { ringSeconds }: CallOrder): void {
    const reach = call.handset.reach();
    if (reach === 'busy' || reach === 'unknown') {
      end(call, reach === 'busy' ? 'busy' : 'no-answer');
      return;
    }
    later(call, ringSeconds, () => {
      if (!call.answeredAt) end(call, 'no-answer');
    });
    if (reach === 'silence') return;
    setStatus(call, 'ringing', 'ringing');
    call.handset.rings?.(call);
  }

  /** Called off when the call ends before. */
  function later(call: VoiceCall, seconds: number, work: () => void): void {
    const cancel = world.timers.after(seconds, () => {
      call.atEnd.delete(cancel);
      if (!isOver(call)) work();
    });
    call.atEnd.add(cancel);
  }

  function answer(call: VoiceCall): void {
    if (isOver(call) || call.answeredAt) return;
    call.answeredAt = world.now();
    setStatus(call, 'in-progress', 'answered');
    const order = onAnswer.get(call);
    if (!order) return;
    if (order.timeLimit) later(call, order.timeLimit, () => end(call, 'completed'));
    order.answered(call);
  }

  const telephony: Telephony = {
    office,
    calls,
    clients,
    recordings,
    queues: createQueues(office),
    conferences: createConferences(office, recordings),
    setStatus,
    begin,
    run,
    end,
    place,
    answer,
    receive(account, handset, from) {
      const { cityUrl } = parts;
      const call = keep(
        newCall({
          account,
          direction: 'inbound',
          from,
          to: account.address,
          handset,
          status: 'ringing',
          reports: { url: cityUrl(voicePaths.status), method: 'POST', events: ['completed'] },
          fallback: { url: cityUrl(voicePaths.fallback), method: 'POST' },
        }),
      );
      begin(call, run(call, { to: { url: cityUrl(voicePaths.voice), method: 'POST' } }));
      return call;
    },
    decline: (call) => {
      if (!call.answeredAt) end(call, 'busy');
    },
    hangUp: (call) => end(call, 'completed'),
    redirect: (call, source) => begin(call, run(call, source)),
    press(call, keys) {
      office.caption(call, { kind: isListening(call) ? 'key' : 'lost', text: keys });
      for (const key of keys) call.listeners.at(-1)?.({ kind: 'key', key });
    },
    speak(call, text, confidence = CONFIDENCE) {
      const seconds = secondsToSay(text);
      office.caption(call, { kind: isListening(call) ? 'own' : 'lost', text });
      call.listeners.at(-1)?.({ kind: 'speech', text, seconds, confidence });
      const members = call.room?.members() ?? [];
      const speaker = members.find(({ sid }) => sid === call.sid);
      for (const member of members) {
        const other = calls.get(member.sid);
        if (speaker && other && hears(member, speaker)) {
          office.caption(other, { kind: 'voice', text, from: speaker.name });
        }
      }
    },
    stop() {
      for (const call of calls.values()) {
        call.doing?.abort(new Interrupted());
        for (const work of call.atEnd) work();
      }
    },
  };
  return telephony;
}

/** Some instruction does, or other people. */
const isListening = ({ listeners, room }: VoiceCall): boolean => listeners.length > 0 || room !== null;

/** `client:maria?legId=1` */
function clientOf(to: string): { identity: string | null; parameters: Record<string, string> } {
  const [, identity, query = ''] = /^client:([^?]+)(?:\?(.*))?$/.exec(to) ?? [];
  return { identity: identity ?? null, parameters: Object.fromEntries(new URLSearchParams(query)) };
}
