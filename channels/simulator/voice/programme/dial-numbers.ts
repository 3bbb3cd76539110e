import { durationOf, isOver, type Room, type VoiceCall } from '../call.ts';
import { interruptible } from '../interrupted.ts';
import { TwimlFault } from '../twiml/twiml-fault.ts';
import type { Dial, DialledNumber } from '../twiml/verbs.ts';
import type { Run } from './run.ts';

/** Calls others at once; whoever answers first is joined until one of both hangs up. @throws TwimlFault, Interrupted */
export async function dialNumbers(verb: Dial, to: DialledNumber[], run: Run): Promise<Record<string, string>> {
  const { call, telephony, signal } = run;
  const { office } = telephony;
  const callerId = verb.callerId ?? call.from;
  if (!mayShow(callerId, to, run)) throw new TwimlFault(13_214, callerId);
  office.caption(call, { kind: 'tone', text: '♪ tuut' });
  run.pace.documents = 0;
  const began: VoiceCall[] = [];
  try {
    const answered = await interruptible<VoiceCall | null>(signal, (resolve) => {
      for (const one of to) {
        const child = telephony.place({
          account: call.account,
          direction: 'outbound-dial',
          from: callerId,
          to: one.noun === 'Client' ? `client:${one.to}` : one.to,
          parentSid: call.sid,
          ringSeconds: verb.timeout,
          reports: one.reports,
          timeLimit: verb.timeLimit,
          answered: (picked) => telephony.begin(picked, (ear) => join(one, picked, ear, resolve)),
        });
        began.push(child);
        child.atEnd.add(() => {
          if (began.length === to.length && began.every(isOver)) resolve(null);
        });
      }
      return () => {};
    });
    if (!answered) return { DialCallStatus: statusOf(began), DialBridged: 'false' };
    for (const other of began) if (other !== answered) telephony.end(other, 'canceled');
    await together(verb, call, answered, run);
    return {
      DialCallStatus: 'completed',
      DialCallSid: answered.sid,
      DialCallDuration: String(durationOf(answered, office.world.now())),
      DialBridged: 'true',
    };
  } finally {
    for (const child of began) if (!isOver(child)) telephony.end(child, child.answeredAt ? 'completed' : 'canceled');
  }

  /** At the called end: what is whispered, then the other's voice. */
  async function join(one: DialledNumber, picked: VoiceCall, ear: AbortSignal, resolve: (call: VoiceCall) => void) {
    if (one.whisper) {
      const whispering: Run = {
        ...run,
        call: picked,
        signal: ear,
        scope: 'whisper',
        extra: () => ({}),
        pace: { documents: 0 },
      };
      const how = await run.follow({ to: one.whisper }, whispering);
      if (how === 'hangUp') return;
    }
    resolve(picked);
    // Stays until it is ended from elsewhere.
    await interruptible<never>(ear, () => () => {});
  }
}

/** Until one of both hangs up. @throws Interrupted */
async function together(verb: Dial, call: VoiceCall, other: VoiceCall, { signal, telephony }: Run): Promise<void> {
  const both = [call, other];
  const room: Room = {
    members: () =>
      both.map(({ sid, handset }) => ({ sid, name: handset.name, held: false, muted: false, coachFor: null })),
  };
  for (const one of both) {
    one.room = room;
    telephony.office.changed(one);
  }
  let onStar: VoiceCall['listeners'][number] = () => {};
  try {
    await interruptible<void>(signal, (resolve) => {
      onStar = (input) => {
        if (verb.hangupOnStar && input.kind === 'key' && input.key === '*') resolve();
      };
      call.listeners.push(onStar);
      other.atEnd.add(() => resolve());
      if (isOver(other)) resolve();
      return () => {};
    });
  } finally {
    call.listeners = call.listeners.filter((listener) => listener !== onStar);
    for (const one of both) {
      one.room = null;
      if (!isOver(one)) telephony.office.changed(one);
    }
  }
}

/** The number that is shown is one of the city's, or that of who called. */
function mayShow(callerId: string, to: DialledNumber[], { call, telephony }: Run): boolean {
  if (to.every(({ noun }) => noun === 'Client')) return true;
  if (call.direction === 'inbound' && callerId === call.from) return true;
  return [...telephony.office.world.accounts.values()].some(
    ({ address, provider, channel }) => provider === 'twilio' && channel === 'voice' && address === callerId,
  );
}

/** Of several that failed, the one that tells most. */
function statusOf(calls: VoiceCall[]): string {
  const statuses = calls.map(({ status }) => status);
  return (['no-answer', 'busy', 'failed', 'canceled'] as const).find((one) => statuses.includes(one)) ?? 'failed';
}
