import { isOver } from '../call.ts';
import { Interrupted } from '../interrupted.ts';
import { TwimlFault } from '../twiml/twiml-fault.ts';
import type { Dial, JoinConference } from '../twiml/verbs.ts';
import { attend } from './attend.ts';
import { dialNumbers } from './dial-numbers.ts';
import { type Outcome, type Run, through } from './run.ts';

/** Brings the call together with others. @throws TwimlFault, Interrupted */
export async function dial(verb: Dial, run: Run): Promise<Outcome> {
  const { call, telephony } = run;
  try {
    const fields = Array.isArray(verb.to) ? await dialNumbers(verb, verb.to, run) : await confer(verb, verb.to, run);
    return verb.action ? { kind: 'goto', to: verb.action, fields } : through;
  } catch (error) {
    if (error instanceof Interrupted && verb.action && isOver(call)) {
      telephony.office.mention(call, verb.action, { DialCallStatus: 'completed' });
    }
    throw error;
  }
}

/** Takes part in a conference. @throws TwimlFault, Interrupted */
async function confer(verb: Dial, { name, ...entrance }: JoinConference, run: Run): Promise<Record<string, string>> {
  const { call, telephony, signal } = run;
  const { conferences, office } = telephony;
  const conference = conferences.open(call.account, name, entrance);
  if (conference.participants.size >= entrance.mostParticipants) return { DialCallStatus: 'failed' };
  if (entrance.coach && !conference.participants.has(entrance.coach)) throw new TwimlFault(13_240, entrance.coach);
  const out = new AbortController();
  const onStar = ({ kind, ...input }: { kind: string; key?: string }) => {
    if (verb.hangupOnStar && kind === 'key' && input.key === '*') out.abort(new Interrupted());
  };
  const limit = office.world.timers.after(verb.timeLimit, () => out.abort(new Interrupted()));
  call.listeners.push(onStar);
  run.pace.documents = 0;
  try {
    await attend(conference, entrance, { ...run, signal: AbortSignal.any([signal, out.signal]) });
  } catch (error) {
    if (signal.aborted) throw error;
  } finally {
    limit();
    call.listeners = call.listeners.filter((listener) => listener !== onStar);
  }
  return { DialCallStatus: 'completed', ConferenceSid: conference.sid };
}
