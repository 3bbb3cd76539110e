import { TwimlFault } from '../twiml/twiml-fault.ts';
import type { Endpoint } from '../twiml/verbs.ts';
import { type Run, rest } from './run.ts';

const MUSIC_SECONDS = 60;

/**
 * Carries out a document for waiting, over and over; without one, music.
 * @throws Interrupted
 */
export async function waitOn(wait: Endpoint | null, run: Run): Promise<'leave' | 'hangUp'> {
  let document = wait;
  for (;;) {
    if (!document?.url) {
      if (!document) run.telephony.office.caption(run.call, { kind: 'music', text: '♪' });
      await rest(run, MUSIC_SECONDS);
      continue;
    }
    try {
      const how = await run.follow({ to: document }, run);
      if (how !== 'through') return how;
    } catch (error) {
      if (!(error instanceof TwimlFault)) throw error;
      document = null;
    }
    // A document that takes no time would be asked for without end.
    if (run.pace.documents > 0) await rest(run, 1);
  }
}
