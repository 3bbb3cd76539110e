import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { checkMessage, type MessageRequest } from '../../channels/simulator/twilio/check-message.ts';
import type { TwilioAccount } from '../../channels/simulator/twilio/twilio-account.ts';
import { TwilioError } from '../../channels/simulator/twilio/twilio-error.ts';
import type { World } from '../../channels/simulator/world/world.ts';
import { sampleCity } from './sample-city.ts';

export const TWILIO_SID = `AC${'c0ffee'.repeat(5)}00`;
export const TWILIO_TOKEN = '0123456789abcdef0123456789abcdef';

export interface SentByTwilio extends MessageRequest {
  sid: string;
}

/** Answers so to what comes next, once each: a code of Twilio's, a status of the network, or nothing at all. */
export type TwilioTrouble = { status: number; code: number; retryAfter?: number } | 'broken line';

export interface TwilioServer {
  url: string;
  /** Settings of a server whose accounts at Twilio are here. */
  settings: Record<'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN' | 'TWILIO_API_URL', string>;
  /** What it took, in the order in which it came. */
  sent: SentByTwilio[];
  trouble: TwilioTrouble[];
  /** Further paths it answers: those of its REST API by which accounts are checked, and files. */
  answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  stop(): Promise<void>;
}

/** Messages of Twilio's REST API on loopback, as strict as the simulator; what becomes of them it does not tell. */
export async function startTwilioServer(): Promise<TwilioServer> {
  const city = await sampleCity();
  const server = createServer((request, response) => void take(request, response));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown, headers = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const password = Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString('base64');
    if (request.headers.authorization !== `Basic ${password}`) return answer(401, new TwilioError(20003));
    const [path = ''] = (request.url ?? '').split('?');
    const further = twilio.answers.get(path);
    if (further) return further(request, response);
    if (request.method !== 'POST' || path !== `/2010-04-01/Accounts/${TWILIO_SID}/Messages.json`) {
      return answer(404, new TwilioError(20404, path));
    }
    const body = new URLSearchParams(await text(request));
    const trouble = twilio.trouble.shift();
    if (trouble === 'broken line') return void request.socket.destroy();
    if (trouble) {
      const { status, code, retryAfter } = trouble;
      return answer(status, { status, code, message: 'as asked' }, retryAfter ? { 'retry-after': retryAfter } : {});
    }
    try {
      const world = { templates: city.templates } as unknown as World;
      const sid = `SM${randomBytes(16).toString('hex')}`;
      twilio.sent.push({ ...checkMessage(body, world, accounts), sid });
      answer(201, { sid, status: 'queued', body: body.get('Body') });
    } catch (error) {
      if (error instanceof TwilioError) return answer(error.status, error);
      throw error;
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = {
    accountSid: TWILIO_SID,
    authToken: TWILIO_TOKEN,
    messagingServiceSid: null,
    apiKey: null,
    voices: { es: 'Polly.Mia-Neural', en: 'Polly.Joanna-Neural' },
    apiUrl: url,
  };
  const accounts: TwilioAccount[] = city.accounts
    .filter(({ provider }) => provider === 'twilio')
    .map((account) => ({ ...account, settings: { provider: 'twilio', ...settings } }));
  const twilio: TwilioServer = {
    url,
    settings: { TWILIO_ACCOUNT_SID: TWILIO_SID, TWILIO_AUTH_TOKEN: TWILIO_TOKEN, TWILIO_API_URL: url },
    sent: [],
    trouble: [],
    answers: new Map(),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return twilio;
}

/** Brings a form to the city as Twilio does, signed by its own library for that address. */
export function bringByTwilio(
  url: string,
  path: string,
  form: Record<string, string>,
  differs: { token?: string; signedFor?: string; signature?: string | null; body?: string } = {},
): Promise<Response> {
  const { token = TWILIO_TOKEN, signedFor = url, body = new URLSearchParams(form).toString() } = differs;
  const signature = differs.signature ?? getExpectedTwilioSignature(token, `${signedFor}${path}`, form);
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      ...(differs.signature === null ? {} : { 'x-twilio-signature': signature }),
    },
    body,
  });
}

/** The form of a message that somebody sent to the city. */
export function twilioMessage(form: Record<string, string> & { From: string; To: string; MessageSid: string }) {
  return { AccountSid: TWILIO_SID, ApiVersion: '2010-04-01', NumMedia: '0', SmsStatus: 'received', Body: '', ...form };
}
