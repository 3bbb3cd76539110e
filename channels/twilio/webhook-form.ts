import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import type { WebhookRequest } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';
import type { TwilioAccount } from './twilio-account.ts';

/** What Twilio tells, by its own names. */
export type WebhookForm = Record<string, string>;

const jsonForm = z.record(z.string(), z.coerce.string());

/**
 * Checks the signature of what Twilio posts, then reads it.
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 * @throws AppError `forbidden` unless it is signed by the account that it is about, and that account is the city's
 */
export function openWebhook(request: WebhookRequest, accounts: readonly TwilioAccount[]): WebhookForm {
  const signature = [request.headers['x-twilio-signature']].flat()[0];
  if (!signature) throw new AppError('forbidden');
  const text = request.rawBody.toString('utf8');
  // A body that is no form is signed by its hash, which stands in the address.
  const isHashed = new URL(request.url).searchParams.has('bodySHA256');
  const form = isHashed ? readJson(text) : readForm(text);
  const tokens = new Set(
    accounts
      .filter(({ settings }) => settings.accountSid === form.AccountSid)
      .map(({ settings }) => settings.authToken),
  );
  const isSigned = [...tokens].some((token) =>
    isHashed
      ? validateRequestWithBody(token, signature, request.url, text)
      : validateRequest(token, signature, request.url, form),
  );
  if (!isSigned) throw new AppError('forbidden');
  return form;
}

/** Twilio names nothing twice; were a name repeated by somebody else, the signature would not hold. */
const readForm = (text: string): WebhookForm => Object.fromEntries(new URLSearchParams(text));

function readJson(text: string): WebhookForm {
  try {
    return jsonForm.parse(JSON.parse(text));
  } catch {
    throw new AppError('forbidden');
  }
}
