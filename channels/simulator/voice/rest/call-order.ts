import { z } from 'zod';
import { flag, method, readForm, webAddress, whole } from '../../twilio/read-form.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import type { CallOrder, Source } from '../telephony.ts';
import { readTwiml } from '../twiml/read-twiml.ts';
import { TwimlFault } from '../twiml/twiml-fault.ts';
import { type CallEvent, callEvents, type Endpoint, type Reports } from '../twiml/verbs.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const CLIENT = /^client:[\w.@-]+(?:\?.*)?$/;
/** Twilio adds so many seconds to every time that a call it makes may ring. */
const RING_BUFFER = 5;
/** @see https://www.twilio.com/docs/api/errors/32018 */
const LONGEST_TWIML = 4_000;

/** Fields by which any call is made. */
export const dialFields = {
  To: z.string(),
  From: z.string(),
  StatusCallback: webAddress,
  StatusCallbackMethod: method,
  Timeout: whole(5, 600),
  TimeLimit: whole(1, 86_400),
  CallerId: z.string(),
  CallReason: z.string().max(50),
  Trim: z.enum(['trim-silence', 'do-not-trim']),
} as const;

const callFields = {
  ...dialFields,
  Url: webAddress,
  Twiml: z.string().max(LONGEST_TWIML),
  Method: method,
  FallbackUrl: webAddress,
  FallbackMethod: method,
  SendDigits: z.string().regex(/^[0-9*#wW]{1,32}$/),
  Record: flag,
} as const;

export type NewCall = Omit<CallOrder, 'answered'> & { source: Source };

/** @throws TwilioError as Twilio refuses the making of a call */
export function readCallOrder(body: URLSearchParams, own: TwilioAccount[]): NewCall {
  const form = readForm(body, callFields, ['StatusCallbackEvent'], {
    Url: 21205,
    FallbackUrl: 21205,
    StatusCallback: 21609,
    Timeout: 21208,
    SendDigits: 21206,
  });
  const source = sourceOf(form);
  if (!source) throw new TwilioError(21205, '');
  return {
    ...endsOf(form, own),
    direction: 'outbound-api',
    ringSeconds: (form.Timeout ?? 60) + RING_BUFFER,
    reports: reportsOf(form),
    fallback: form.FallbackUrl ? { url: form.FallbackUrl, method: form.FallbackMethod ?? 'POST' } : null,
    source,
    ...(form.TimeLimit ? { timeLimit: form.TimeLimit } : {}),
  };
}

/** From where to where. @throws TwilioError 21201, 21211, 21212, 21213, 21210 */
export function endsOf(
  { To: to, From: from, CallerId: callerId }: { To?: string; From?: string; CallerId?: string },
  own: TwilioAccount[],
): Pick<CallOrder, 'to' | 'from' | 'account'> {
  if (!to) throw new TwilioError(21201);
  if (!from) throw new TwilioError(21213);
  const isClient = to.startsWith('client:');
  if (!(isClient ? CLIENT : E164).test(to)) throw new TwilioError(21211, to);
  const shown = callerId ?? from;
  const numbers = own.filter(({ channel }) => channel === 'voice');
  const account = numbers.find(({ address }) => address === shown);
  if (account) return { to, from: shown, account };
  // A browser can be shown anybody; a telephone only a number of the city.
  if (!E164.test(shown) && !(isClient && CLIENT.test(shown))) throw new TwilioError(21212, shown);
  const [first] = numbers;
  if (!isClient || !first) throw new TwilioError(21210, shown);
  return { to, from: shown, account: first };
}

export function reportsOf(form: {
  StatusCallback?: string;
  StatusCallbackMethod?: 'GET' | 'POST';
  StatusCallbackEvent: string[];
}): Reports<CallEvent> | null {
  const { StatusCallback: url, StatusCallbackMethod = 'POST', StatusCallbackEvent: events } = form;
  if (!url) return null;
  return { url, method: StatusCallbackMethod, events: eventsOf(events, callEvents, ['completed']) };
}

/** Some send each event by itself, some all in one with spaces between. @throws TwilioError 20001 */
export function eventsOf<E extends string>(given: string[], known: readonly E[], otherwise: readonly E[]): E[] {
  const wanted = given.flatMap((list) => list.split(/\s+/).filter(Boolean));
  if (wanted.length === 0) return [...otherwise];
  return wanted.map((one) => {
    const event = known.find((name) => name === one);
    if (!event) throw new TwilioError(20001, `event ${one}`);
    return event;
  });
}

/** @throws TwilioError 20001 where words for a call cannot be carried out */
export function sourceOf(form: { Url?: string; Method?: Endpoint['method']; Twiml?: string }): Source | null {
  if (form.Url && form.Twiml) throw new TwilioError(20001, 'Url and Twiml');
  if (form.Url) return { to: { url: form.Url, method: form.Method ?? 'POST' } };
  if (!form.Twiml) return null;
  try {
    readTwiml(form.Twiml, '');
  } catch (error) {
    if (error instanceof TwimlFault) throw new TwilioError(20001, `Twiml (${error.code} ${error.message})`);
    throw error;
  }
  return { twiml: form.Twiml };
}
