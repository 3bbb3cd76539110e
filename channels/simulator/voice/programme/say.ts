import { secondsToSay } from '../speaking-time.ts';
import { TwimlFault } from '../twiml/twiml-fault.ts';
import type { Play, Prompt, Say } from '../twiml/verbs.ts';
import { secondsOfAudio } from './audio-length.ts';
import { type Run, rest } from './run.ts';

/** @throws Interrupted */
export async function say({ text, language, loop }: Say, run: Run): Promise<void> {
  for (let round = 0; loop === 0 || round < loop; round += 1) {
    run.telephony.office.caption(run.call, { kind: 'said', text, language });
    await rest(run, secondsToSay(text));
  }
}

/** @throws TwimlFault 11200, 13420; Interrupted */
export async function play({ url, digits, loop }: Play, run: Run): Promise<void> {
  const { office } = run.telephony;
  if (url === null) {
    // A `w` waits for half a second; a tone takes as long.
    if (digits) office.caption(run.call, { kind: 'tone', text: digits });
    return rest(run, (digits?.length ?? 0) / 2);
  }
  const seconds = await lengthOf(url, run);
  for (let round = 0; loop === 0 || round < loop; round += 1) {
    office.caption(run.call, {
      kind: 'music',
      text: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''),
    });
    await rest(run, seconds);
  }
}

async function lengthOf(url: string, { telephony, signal }: Run): Promise<number> {
  const { reach } = telephony.office.parts;
  const response = await fetch(reach(url), { signal }).catch((error) => {
    signal.throwIfAborted();
    throw new TwimlFault(11_205, `${url}: ${error.message}`);
  });
  if (!response.ok) throw new TwimlFault(11_200, `${response.status} ${url}`);
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('audio/')) throw new TwimlFault(13_420, type);
  return secondsOfAudio(Buffer.from(await response.arrayBuffer()));
}

/** What stands in a Gather. @throws TwimlFault, Interrupted */
export async function prompt(prompts: readonly Prompt[], run: Run): Promise<void> {
  for (const one of prompts) {
    if (one.verb === 'Say') await say(one, run);
    else if (one.verb === 'Play') await play(one, run);
    else await rest(run, one.seconds);
  }
}
