import { createHmac } from 'node:crypto';
import { addSeconds } from '../clock.ts';
import type { Config } from '../config.ts';
import type { IceServer } from '../contract/call.ts';

/** A call is over by then; whoever copied the credentials has no use of them for long. */
const VALID_SECONDS = 6 * 3_600;

type IceSettings = Pick<Config, 'STUN_URLS' | 'TURN_URLS' | 'TURN_SECRET' | 'TURN_USERNAME' | 'TURN_CREDENTIAL'>;

/**
 * By which servers somebody's browser finds a way to others. With `TURN_SECRET` the credentials are made for them alone
 * and run out, as coturn's `use-auth-secret` has it (draft-uberti-behave-turn-rest-00).
 */
export function iceServersFor(settings: IceSettings, who: string, now: Date): IceServer[] {
  const { STUN_URLS: stun, TURN_URLS: turn } = settings;
  return [
    ...(stun.length > 0 ? [{ urls: stun }] : []),
    ...(turn.length > 0 ? [{ urls: turn, ...credentials(settings, who, now) }] : []),
  ];
}

function credentials(settings: IceSettings, who: string, now: Date): Pick<IceServer, 'username' | 'credential'> {
  const { TURN_SECRET: secret, TURN_USERNAME: username, TURN_CREDENTIAL: credential } = settings;
  if (!secret) return { ...(username && { username }), ...(credential && { credential }) };
  const until = `${Math.floor(addSeconds(now, VALID_SECONDS).getTime() / 1_000)}:${who}`;
  return { username: until, credential: createHmac('sha1', secret).update(until).digest('base64') };
}
