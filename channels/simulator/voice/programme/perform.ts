import { TwimlFault } from '../twiml/twiml-fault.ts';
import type { Verb } from '../twiml/verbs.ts';
import { dial } from './dial.ts';
import { enqueue } from './enqueue.ts';
import { gather } from './gather.ts';
import { record } from './record.ts';
import { type Outcome, type Run, rest, through } from './run.ts';
import { play, say } from './say.ts';

/** What may stand in documents that are not a call's own. @see https://www.twilio.com/docs/voice/twiml/enqueue */
const allowed: Partial<Record<Run['scope'], readonly Verb['verb'][]>> = {
  queue: ['Say', 'Play', 'Pause', 'Gather', 'Hangup', 'Redirect', 'Leave'],
  conference: ['Say', 'Play', 'Pause', 'Redirect'],
  whisper: ['Say', 'Play', 'Pause', 'Gather', 'Hangup', 'Redirect'],
};

/** Carries out one instruction after the other. @throws TwimlFault, Interrupted */
export async function perform(verbs: readonly Verb[], run: Run): Promise<Outcome> {
  const out = verbs.find(({ verb }) => allowed[run.scope]?.includes(verb) === false);
  if (out) throw new TwimlFault(run.scope === 'conference' ? 13_238 : 12_200, `${out.verb} while it waits`);
  for (const verb of verbs) {
    const outcome = await one(verb, run);
    if (outcome.kind !== 'through') return outcome;
  }
  return through;
}

async function one(verb: Verb, run: Run): Promise<Outcome> {
  switch (verb.verb) {
    case 'Say':
      await say(verb, run);
      return through;
    case 'Play':
      await play(verb, run);
      return through;
    case 'Pause':
      await rest(run, verb.seconds);
      return through;
    case 'Gather':
      return gather(verb, run);
    case 'Record':
      return record(verb, run);
    case 'Redirect':
      return { kind: 'goto', to: verb.to, fields: {} };
    case 'Hangup':
      return { kind: 'hangUp' };
    case 'Leave':
      return { kind: 'leave' };
    case 'Reject':
      run.telephony.end(run.call, verb.reason === 'busy' ? 'busy' : 'no-answer');
      return { kind: 'hangUp' };
    case 'Enqueue':
      return enqueue(verb, run);
    case 'Dial':
      return dial(verb, run);
  }
}
