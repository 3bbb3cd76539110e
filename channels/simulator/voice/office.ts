import type { Answer } from '../delivery/postman.ts';
import type { ProviderParts } from '../provider.ts';
import { rfc2822 } from '../twilio/message-resource.ts';
import type { TwilioAccount } from '../twilio/twilio-account.ts';
import { twilioLetter } from '../twilio/twilio-letter.ts';
import type { World } from '../world/world.ts';
import type { Caption, VoiceCall } from './call.ts';
import { isOver } from './call.ts';
import { type TwimlCode, TwimlFault } from './twiml/twiml-fault.ts';
import type { Endpoint, Reports } from './twiml/verbs.ts';

export type Fields = Record<string, string>;

/** A document that could not be had or carried out, as Twilio's debugger lists it. */
export interface Fault {
  at: Date;
  callSid: string;
  code: TwimlCode;
  message: string;
  url: string;
}

const MOST_FAULTS = 200;
const MOST_CAPTIONS = 500;

/** What every part of the emulated telephone company needs: time, the way to the city, and what is written down. */
export interface Office {
  world: World;
  parts: ProviderParts;
  faults: Fault[];
  /** Asks the city, as that call. @throws TwimlFault 11200, 11205 */
  ask(call: VoiceCall, to: Endpoint, fields?: Fields): Promise<Answer>;
  /** Tells the city something that it need not answer. */
  notify<E extends string>(
    account: TwilioAccount,
    reports: Reports<E> | null,
    event: E,
    fields: Fields,
    line: string,
  ): void;
  /** Tells the city how something of a call went, without caring for what it says. */
  mention(call: VoiceCall, to: Endpoint, fields: Fields): void;
  caption(call: VoiceCall, caption: Pick<Caption, 'kind' | 'text'> & Partial<Caption>): void;
  fault(call: VoiceCall, fault: TwimlFault, url: string): void;
  changed(call: VoiceCall): void;
  sid(prefix: 'CA' | 'CF' | 'QU' | 'RE'): string;
  rfcNow(): string;
}

export function createOffice(parts: ProviderParts): Office {
  const { world, postman } = parts;
  const faults: Fault[] = [];
  const changed = (call: VoiceCall): void => {
    call.updatedAt = world.now();
    world.events.emit('call', call.sid);
  };
  const letter = (call: VoiceCall, to: Endpoint, fields: Fields) =>
    twilioLetter(call.account, to, { ...fieldsOf(call), ...fields }, `action ${call.sid}`);

  return {
    world,
    parts,
    faults,
    changed,
    async ask(call, to, fields = {}) {
      const answer = await postman.ask(letter(call, to, fields));
      if (!answer) throw new TwimlFault(11_205, to.url);
      if (answer.status < 200 || answer.status >= 300) throw new TwimlFault(11_200, `${answer.status} ${to.url}`);
      return answer;
    },
    notify(account, reports, event, fields, line) {
      if (reports?.events.includes(event)) postman.post(twilioLetter(account, reports, fields, line));
    },
    mention: (call, to, fields) => postman.post(letter(call, to, fields)),
    caption(call, { language = null, from = null, kind, text }) {
      if (isOver(call)) return;
      call.captions.push({ at: world.now(), kind, text, language, from });
      if (call.captions.length > MOST_CAPTIONS) call.captions.shift();
      changed(call);
    },
    fault(call, { code, message }, url) {
      faults.push({ at: world.now(), callSid: call.sid, code, message, url });
      if (faults.length > MOST_FAULTS) faults.shift();
      changed(call);
    },
    sid: (prefix) => `${prefix}${world.identifiers.fresh()}`,
    rfcNow: () => rfc2822(world.now()),
  };
}

/** What stands in every request about a call. @see https://www.twilio.com/docs/voice/twiml#request-parameters */
export function fieldsOf(call: VoiceCall): Fields {
  const { from, to, parentSid } = call;
  return {
    CallSid: call.sid,
    AccountSid: call.account.settings.accountSid,
    From: from,
    Caller: from,
    To: to,
    Called: to,
    CallStatus: call.status,
    ApiVersion: '2010-04-01',
    Direction: call.direction,
    FromCountry: countryOf(from),
    CallerCountry: countryOf(from),
    ToCountry: countryOf(to),
    CalledCountry: countryOf(to),
    ...(parentSid ? { ParentCallSid: parentSid } : {}),
  };
}

function countryOf(number: string): string {
  if (number.startsWith('+52')) return 'MX';
  return number.startsWith('+1') ? 'US' : '';
}
