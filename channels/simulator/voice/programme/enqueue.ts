import { isOver } from '../call.ts';
import { Interrupted } from '../interrupted.ts';
import type { Enqueue } from '../twiml/verbs.ts';
import { type Outcome, type Run, through } from './run.ts';
import { waitOn } from './wait-on.ts';

/** Puts the call into a queue until it leaves, is sent elsewhere, or hangs up. @throws Interrupted */
export async function enqueue(verb: Enqueue, run: Run): Promise<Outcome> {
  const { call, telephony } = run;
  const { queues, office } = telephony;
  const queue = queues.open(call.account, verb.queue);
  const member = queues.join(queue, call);
  if (!member) return gone('queue-full', {});
  const fields = () => queues.fieldsOf(queue, member);
  const resultOf = (result: string) => {
    const { QueueSid = '', QueueTime = '' } = fields();
    return { QueueResult: result, QueueSid, QueueTime };
  };
  try {
    const how = await waitOn(verb.wait, { ...run, scope: 'queue', extra: fields });
    const result = resultOf(how === 'leave' ? 'leave' : 'hangup');
    queues.leave(queue, member);
    return how === 'leave' ? gone('leave', result) : { kind: 'hangUp' };
  } catch (error) {
    const result = resultOf(isOver(call) ? 'hangup' : 'redirected');
    queues.leave(queue, member);
    // What the city says to this is heard by nobody.
    if (error instanceof Interrupted && verb.action) office.mention(call, verb.action, result);
    throw error;
  }

  function gone(result: string, more: Record<string, string>): Outcome {
    if (!verb.action) return through;
    return { kind: 'goto', to: verb.action, fields: { QueueResult: result, ...more } };
  }
}
