import RequestClient from 'twilio/lib/base/RequestClient.js';
import Twilio from 'twilio/lib/rest/Twilio.js';
import type { TwilioSettings } from '../../server/contract/messaging.ts';

/** The SDK, which is loaded with this module: whoever needs it imports it late. */
export type TwilioClient = Twilio;

/** Shorter than the time after which a worker takes a message for lost. */
const TIMEOUT_MS = 20_000;
const REAL_API = 'https://api.twilio.com';

/** Twilio asks to wait. */
export class TwilioAsksToWait extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('Twilio asks to wait');
    this.seconds = seconds;
  }
}

/** Twilio refused what was asked, by a code of its own. */
export interface TwilioRefusal {
  status: number;
  code: string;
}

export function createTwilioClient({ accountSid, authToken, apiUrl }: TwilioSettings): TwilioClient {
  return new Twilio(accountSid, authToken, { httpClient: new Line(apiUrl) });
}

/** Signs in with an API key instead of the account's own token. */
export function createKeyClient(
  { accountSid, apiUrl }: TwilioSettings,
  { sid, secret }: { sid: string; secret: string },
): TwilioClient {
  return new Twilio(sid, secret, { accountSid, httpClient: new Line(apiUrl) });
}

/** What Twilio answered, in either of the forms that its SDK throws; null: it did not. */
export function refusalOf(error: unknown): TwilioRefusal | null {
  const { status, code } = Object(error) as { status?: unknown; code?: unknown };
  return typeof status === 'number' ? { status, code: String(code || status) } : null;
}

/** The SDK's requests, led to the emulated provider where there is one. */
class Line extends RequestClient {
  readonly #apiUrl: string;

  constructor(apiUrl: string) {
    super({ timeout: TIMEOUT_MS });
    this.#apiUrl = apiUrl;
  }

  override async request<Data>(options: RequestClient.RequestOptions<Data>) {
    const response = await super
      .request<Data>({ ...options, uri: this.#address(options.uri) })
      // Its errors hold the request with its password: only what happened goes on.
      .catch((error: Error & { code?: string }) => {
        throw new Error(`Twilio was not reached: ${error.code ?? error.name}`);
      });
    if (response.statusCode !== 429) return response;
    const after = Number(Object(response.headers)['retry-after']);
    throw new TwilioAsksToWait(after > 0 ? Math.min(after, 600) : 5);
  }

  #address(uri: string): string {
    if (this.#apiUrl === REAL_API) return uri;
    const { pathname, search } = new URL(uri);
    return `${this.#apiUrl}${pathname}${search}`;
  }
}
