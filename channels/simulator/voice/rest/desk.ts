import type { FastifyRequest } from 'fastify';
import { authenticate, withoutJson } from '../../twilio/authenticate.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import type { VoiceCall } from '../call.ts';
import type { Conference, Participant } from '../conference.ts';
import type { Telephony } from '../telephony.ts';

export const ROOT = '/2010-04-01/Accounts/:account';
type Param = 'call' | 'conference' | 'participant' | 'recording' | 'queue' | 'member';

/** What every route about calls does first: who asks, and for what. */
export interface Desk {
  own(request: FastifyRequest): TwilioAccount[];
  param(request: FastifyRequest, name: Param): string;
  form(request: FastifyRequest): URLSearchParams;
  query(request: FastifyRequest): Record<string, string | undefined>;
  /** @throws TwilioError 20404 */
  call(request: FastifyRequest): VoiceCall;
  conference(request: FastifyRequest): Conference;
  participant(request: FastifyRequest): { conference: Conference; participant: Participant };
  missing(request: FastifyRequest): TwilioError;
}

export function createDesk({ office, calls, conferences }: Telephony): Desk {
  const own = (request: FastifyRequest) => authenticate(office.world, request);
  const param = (request: FastifyRequest, name: Param) =>
    withoutJson((request.params as Record<Param, string>)[name] ?? '');
  const missing = (request: FastifyRequest) => new TwilioError(20404, request.url);

  function conference(request: FastifyRequest): Conference {
    own(request);
    const found = conferences.all.get(param(request, 'conference'));
    if (!found) throw missing(request);
    return found;
  }

  return {
    own,
    param,
    missing,
    conference,
    form: ({ body }) => new URLSearchParams(String(body ?? '')),
    query: ({ query }) => query as Record<string, string | undefined>,
    call(request) {
      own(request);
      const found = calls.get(param(request, 'call'));
      if (!found) throw missing(request);
      return found;
    },
    participant(request) {
      const room = conference(request);
      const name = param(request, 'participant');
      // By the SID of the call, or by the label that it was given.
      const found = [...room.participants.values()].find(({ call, label }) => call.sid === name || label === name);
      if (!found || room.status === 'completed') throw missing(request);
      return { conference: room, participant: found };
    },
  };
}

/** A list as Twilio pages it: all of it on one page. */
export function listOf<T>(name: string, items: T[], uri: string) {
  return {
    [name]: items,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
    page: 0,
    page_size: Math.max(50, items.length),
    start: 0,
    end: Math.max(0, items.length - 1),
    uri,
  };
}
