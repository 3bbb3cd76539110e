import type { Conference, Entrance } from '../conference.ts';
import type { Run } from './run.ts';
import { waitOn } from './wait-on.ts';

/** Takes part in a conference until it ends, or somebody sends them out. @throws Interrupted */
export function attend(conference: Conference, entrance: Entrance, run: Run): Promise<'kicked' | 'ended'> {
  const { call, signal, telephony } = run;
  return telephony.conferences.attend(conference, call, entrance, signal, (document, ear) =>
    waitOn(document, {
      ...run,
      signal: AbortSignal.any([signal, ear]),
      scope: 'conference',
      extra: () => ({ ConferenceSid: conference.sid, FriendlyName: conference.name }),
      pace: { documents: 0 },
    }),
  );
}
