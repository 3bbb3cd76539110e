import { randomUUID } from 'node:crypto';
import type { Letter } from '../delivery/postman.ts';
import { twilioRule } from '../delivery/retry-rules.ts';
import { twilioSignature } from './signature.ts';
import type { TwilioAccount } from './twilio-account.ts';

/**
 * What Twilio brings to an address of the city: a form, signed. With GET it stands in the address.
 * @param line letters of one line come one after the other
 */
export function twilioLetter(
  account: TwilioAccount,
  { url, method }: { url: string; method: 'GET' | 'POST' },
  fields: Record<string, string>,
  line: string,
): Letter {
  const token = randomUUID();
  const isForm = method === 'POST';
  // What stands behind the # is for Twilio alone.
  const [address = url] = url.split('#');
  const asked = isForm ? address : withQuery(address, fields);
  return {
    provider: 'twilio',
    method,
    url: isForm ? url : asked,
    line,
    items: [fields],
    joins: null,
    seal: () => ({
      headers: {
        ...(isForm ? { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
        'user-agent': 'TwilioProxy/1.1',
        accept: '*/*',
        'i-twilio-idempotency-token': token,
        'x-twilio-signature': twilioSignature(account.settings.authToken, asked, isForm ? fields : {}),
      },
      body: isForm ? new URLSearchParams(fields).toString() : '',
    }),
    rule: twilioRule(url),
  };
}

function withQuery(url: string, fields: Record<string, string>): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(fields)) whole.searchParams.append(name, value);
  return whole.href;
}
