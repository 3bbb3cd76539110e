import type { Input } from '../call.ts';
import { Interrupted, interruptible } from '../interrupted.ts';
import type { Recording } from '../recordings.ts';
import type { Record } from '../twiml/verbs.ts';
import { type Outcome, type Run, rest, through } from './run.ts';

const BEEP_SECONDS = 0.3;

/** Records what they say after a tone. @throws Interrupted */
export async function record(verb: Record, run: Run): Promise<Outcome> {
  const { call, telephony } = run;
  const { office, recordings } = telephony;
  if (verb.playBeep) {
    office.caption(call, { kind: 'tone', text: '♪ bip' });
    await rest(run, BEEP_SECONDS);
  }
  const recording = recordings.start({
    account: call.account,
    callSid: call.sid,
    conferenceSid: null,
    source: 'RecordVerb',
    reports: verb.reports,
  });
  try {
    const key = await heard(verb, run, recording);
    run.pace.documents = 0;
    // Nobody said anything: it goes on with what comes next.
    if (recording.words.length === 0) {
      recordings.drop(recording);
      return through;
    }
    recordings.stop(recording);
    return { kind: 'goto', to: verb.action, fields: { ...recordings.fieldsOf(recording), Digits: key } };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    recordings.stop(recording);
    if (recording.words.length > 0) {
      office.mention(call, verb.action, { ...recordings.fieldsOf(recording), Digits: 'hangup' });
    }
    throw error;
  }
}

/** @returns the key that ended it; empty: silence did, or it is long enough */
async function heard(verb: Record, { call, signal, telephony }: Run, { words }: Recording): Promise<string> {
  const { timers } = telephony.office.world;
  const pending = new Set<() => void>();
  let take: (input: Input) => void = () => {};
  try {
    return await interruptible<string>(signal, (resolve) => {
      let silence = () => {};
      const until = (seconds: number, key: string) => {
        const cancel = timers.after(seconds, () => resolve(key));
        pending.add(cancel);
        return cancel;
      };
      const quietFor = (seconds: number) => {
        silence();
        silence = verb.timeout > 0 ? until(seconds, '') : () => {};
      };
      take = (input) => {
        if (input.kind === 'key') {
          if (verb.finishOnKey.includes(input.key)) resolve(input.key);
          return;
        }
        words.push(input.text);
        quietFor(input.seconds + verb.timeout);
      };
      call.listeners.push(take);
      until(verb.maxLength, '');
      quietFor(verb.timeout);
      return () => {};
    });
  } finally {
    for (const cancel of pending) cancel();
    call.listeners = call.listeners.filter((listener) => listener !== take);
  }
}
