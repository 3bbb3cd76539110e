import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';
import type { MetaAccount } from './meta-account.ts';

/**
 * The accounts whose app signed this body. Accounts may belong to different apps: what one app signed says nothing of
 * the accounts of another.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validating-payloads
 * @throws AppError `forbidden`: no app did
 */
export function signersOf(request: WebhookRequest, accounts: readonly MetaAccount[]): Set<MetaAccount> {
  const header = request.headers['x-hub-signature-256'];
  const hex = typeof header === 'string' ? /^sha256=([0-9a-f]{64})$/.exec(header)?.[1] : undefined;
  if (!hex) throw new AppError('forbidden');
  const given = Buffer.from(hex, 'hex');
  const verdicts = new Map<string, boolean>();
  for (const { settings } of accounts) {
    if (verdicts.has(settings.appSecret)) continue;
    const expected = createHmac('sha256', settings.appSecret).update(request.rawBody).digest();
    verdicts.set(settings.appSecret, settings.appSecret !== '' && timingSafeEqual(given, expected));
  }
  const signers = new Set(accounts.filter(({ settings }) => verdicts.get(settings.appSecret)));
  if (signers.size === 0) throw new AppError('forbidden');
  return signers;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Answers the request by which Meta asks whether the city wants its webhooks.
 * @returns what Meta wants to hear: its own challenge
 * @throws AppError `forbidden`
 */
export function answerHandshake(query: Record<string, string | undefined>, accounts: readonly MetaAccount[]): string {
  const challenge = query['hub.challenge'] ?? '';
  const given = digest(query['hub.verify_token'] ?? '');
  const isOurs = accounts
    .filter(({ settings }) => settings.verifyToken !== '')
    .map(({ settings }) => timingSafeEqual(given, digest(settings.verifyToken)))
    .includes(true);
  // It is echoed: nothing but the number that Meta sends.
  if (query['hub.mode'] !== 'subscribe' || !isOurs || !/^[\w-]{1,256}$/.test(challenge))
    throw new AppError('forbidden');
  return challenge;
}
