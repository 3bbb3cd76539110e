import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { readTwiml } from '../../channels/simulator/voice/twiml/read-twiml.ts';
import type { Verb } from '../../channels/simulator/voice/twiml/verbs.ts';
import { isTwilioAccount } from '../../channels/twilio/twilio-account.ts';
import type { ContactCentre } from './contact-centre.ts';

type Fields = Readonly<Record<string, string>>;

export interface Answered {
  status: number;
  /** What Twilio would carry out. */
  verbs: Verb[];
  body: string;
}

/** Twilio with one line of the city: brings what it is told to, signed, and carries nothing out. */
export interface TwilioVoiceWire {
  accountSid: string;
  /** The line's number. */
  address: string;
  /** @param to a path of the server, or an address out of a document */
  post(to: string, fields: Fields, signing?: { token?: string | null; signed?: Fields }): Promise<Answered>;
  /** A call from that number, which asks for its first document. */
  call(from: string, sid?: string): Promise<WiredCall>;
}

export interface WiredCall {
  sid: string;
  first: Answered;
  /** Asks at an address out of a document, as this call. */
  asks(to: string, fields?: Fields): Promise<Answered>;
  /** Tells its status. */
  tells(status: string, more?: Fields): Promise<Answered>;
}

export const newCallSid = (): string => `CA${randomBytes(16).toString('hex')}`;

export function twilioVoiceWire({ url, server }: ContactCentre, accountId = 'voz'): TwilioVoiceWire {
  const account = server.context.accounts.get(accountId);
  if (!isTwilioAccount(account)) throw new Error(`${accountId} is no line by Twilio`);
  const { address, settings } = account;

  const post: TwilioVoiceWire['post'] = async (to, fields, { token = settings.authToken, signed = fields } = {}) => {
    const [asked = ''] = new URL(to, server.url).href.split('#');
    const form = { AccountSid: settings.accountSid, ApiVersion: '2010-04-01', ...fields };
    const signature =
      token &&
      getExpectedTwilioSignature(token, asked, {
        AccountSid: settings.accountSid,
        ApiVersion: '2010-04-01',
        ...signed,
      });
    const response = await fetch(asked.replace(server.url, url), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(signature ? { 'x-twilio-signature': signature } : {}),
      },
      body: new URLSearchParams(form),
    });
    const body = await response.text();
    return { status: response.status, body, verbs: response.ok ? readTwiml(body, asked) : [] };
  };

  return {
    accountSid: settings.accountSid,
    address,
    post,
    async call(from, sid = newCallSid()) {
      const ofCall = { CallSid: sid, From: from, To: address, Direction: 'inbound' };
      const asks = (to: string, fields: Fields = {}) => post(to, { ...ofCall, CallStatus: 'in-progress', ...fields });
      return {
        sid,
        first: await post('/webhooks/twilio/voice', { ...ofCall, CallStatus: 'ringing' }),
        asks,
        tells: (status, more = {}) =>
          post('/webhooks/twilio/voice/status', { ...ofCall, CallStatus: status, SequenceNumber: '0', ...more }),
      };
    },
  };
}

/** The address that a document ends by asking. */
export function goesOnAt(verbs: readonly Verb[]): string {
  const last = verbs.at(-1);
  if (last?.verb !== 'Redirect') throw new Error('The document does not end by asking what next');
  return last.to.url;
}
