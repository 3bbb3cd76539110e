import { isOver } from '../call.ts';
import type { Source } from '../telephony.ts';
import { readTwiml } from '../twiml/read-twiml.ts';
import { TwimlFault } from '../twiml/twiml-fault.ts';
import type { Endpoint, Verb } from '../twiml/verbs.ts';
import { perform } from './perform.ts';
import type { Outcome, Run } from './run.ts';
import { say } from './say.ts';

/** Documents that may follow one another while no time passes: more go round in circles. */
const MOST_AT_ONCE = 50;
const APOLOGY = 'An application error has occurred. Goodbye.';
const XML = /^(?:text|application)\/xml\b/;
const AUDIO = /^audio\//;

type Page = { verbs: Verb[]; url: string };

/** Carries out instructions, and those that they lead to, until there are none. @throws Interrupted */
export async function follow(source: Source, run: Run): Promise<Exclude<Outcome['kind'], 'goto'>> {
  const { call, telephony } = run;
  let next = source;
  let isFallback = false;
  for (;;) {
    try {
      const page = await load(next, run);
      const outcome = await perform(page.verbs, run);
      if (outcome.kind !== 'goto') return outcome.kind;
      next = outcome;
      // As long as nobody heard anything, it is the fallback still.
      isFallback &&= run.pace.documents > 0;
    } catch (error) {
      if (!(error instanceof TwimlFault)) throw error;
      const url = 'to' in next ? next.to.url : '';
      telephony.office.fault(call, error, url);
      if (run.scope !== 'call') throw error;
      if (isFallback || !call.fallback) return apologise(run);
      next = { to: call.fallback, fields: { ErrorCode: String(error.code), ErrorUrl: url } };
      isFallback = true;
      run.pace.documents = Math.min(run.pace.documents, MOST_AT_ONCE - 1);
    }
  }
}

async function apologise(run: Run): Promise<'hangUp'> {
  takeUp(run);
  await say({ verb: 'Say', text: APOLOGY, language: 'en-US', voice: 'woman', loop: 1 }, run);
  return 'hangUp';
}

/** @throws TwimlFault, Interrupted */
async function load(source: Source, run: Run): Promise<Page> {
  const { call, telephony, pace, signal } = run;
  pace.documents += 1;
  if (pace.documents > MOST_AT_ONCE) throw new TwimlFault(11_215, `${MOST_AT_ONCE} documents at once`);
  const page = 'twiml' in source ? { verbs: readTwiml(source.twiml, ''), url: '' } : await fetched(source.to);
  signal.throwIfAborted();
  if (run.scope === 'call') {
    const [first] = page.verbs;
    if (first?.verb !== 'Reject') takeUp(run);
  }
  return page;

  async function fetched(to: Endpoint): Promise<Page> {
    if (to.url === '') throw new TwimlFault(11_100, 'instructions of their own have no address to go back to');
    const fields = 'twiml' in source ? {} : (source.fields ?? {});
    const { contentType, body } = await telephony.office.ask(call, to, { ...run.extra(), ...fields });
    if (AUDIO.test(contentType)) return { verbs: [{ verb: 'Play', url: to.url, digits: null, loop: 1 }], url: to.url };
    if (!XML.test(contentType)) throw new TwimlFault(12_300, contentType);
    return { verbs: readTwiml(body, to.url), url: to.url };
  }
}

/** A call that comes in is answered by the first instruction that is no refusal. */
function takeUp({ call, telephony }: Run): void {
  if (call.direction === 'inbound' && call.status === 'ringing' && !isOver(call)) telephony.answer(call);
}
