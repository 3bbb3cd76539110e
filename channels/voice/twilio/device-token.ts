import type { CallDevice } from '../../../server/contract/call.ts';
import type { TwilioSettings } from '../../../server/contract/messaging.ts';

/** A shift; browsers ask for another one before it ends. Twilio takes no more than a day. */
const HOURS = 9;

/** What `@twilio/voice-sdk` signs in with: it may be called, and calls nobody by itself. */
export async function deviceToken(
  { accountSid, apiKey }: TwilioSettings,
  identity: string,
  now: Date,
): Promise<CallDevice['twilio']> {
  if (!apiKey) return null;
  const { default: AccessToken } = await import('twilio/lib/jwt/AccessToken.js');
  const ttl = HOURS * 3_600;
  const token = new AccessToken(accountSid, apiKey.sid, apiKey.secret, { identity, ttl });
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
  return { identity, token: token.toJwt(), expiresAt: new Date(now.getTime() + ttl * 1_000).toISOString() };
}
