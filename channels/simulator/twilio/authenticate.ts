import type { FastifyRequest } from 'fastify';
import type { World } from '../world/world.ts';
import { type TwilioAccount, twilioAccounts } from './twilio-account.ts';
import { TwilioError } from './twilio-error.ts';

export const withoutJson = (name: string): string => name.replace(/\.json$/, '');

/**
 * The numbers and senders of the account that asks.
 * @throws TwilioError 20003 unless the request bears the account's own name and token, or a key and its secret
 */
export function authenticate(world: World, request: FastifyRequest): TwilioAccount[] {
  const { account } = request.params as { account?: string };
  const [, encoded = ''] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const [name, password] = Buffer.from(encoded, 'base64').toString().split(':');
  const all = twilioAccounts(world);
  const bearer = all.find(({ settings: { accountSid, authToken, apiKey } }) =>
    name === accountSid ? password === authToken : name === apiKey?.sid && password === apiKey?.secret,
  );
  if (!bearer) throw new TwilioError(20003);
  const { accountSid } = bearer.settings;
  if (account !== undefined && withoutJson(account) !== accountSid) throw new TwilioError(20404, request.url);
  return all.filter(({ settings }) => settings.accountSid === accountSid);
}
