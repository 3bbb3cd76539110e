import { z } from 'zod';
import { address, addressOrNone, below, flag, keys, method, readAttributes, text, whole, words } from './attributes.ts';
import { elementsOf, textOf } from './read-say.ts';
import { TwimlFault } from './twiml-fault.ts';
import {
  callEvents,
  type Dial,
  type DialledNumber,
  type JoinConference,
  recordingEvents,
  roomEvents,
} from './verbs.ts';
import type { XmlElement } from './xml.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const MOST_AT_ONCE = 10;

/** @see https://www.twilio.com/docs/voice/twiml/dial */
export function readDial(element: XmlElement, base: string): Dial {
  const given = readAttributes(element, {
    action: [address, 11_100],
    method: [method, 13_210],
    answerOnBridge: [flag, 12_200],
    callerId: [text, 13_214],
    hangupOnStar: [flag, 13_213],
    timeout: [whole(1, 600), 13_212],
    timeLimit: [whole(1, 86_400), 13_216],
    ringTone: [text, 12_200],
    sequential: [flag, 12_200],
    record: [z.literal('do-not-record'), 13_217],
    trim: [z.enum(['trim-silence', 'do-not-trim']), 12_200],
  });
  const { callerId = null, hangupOnStar = false, timeout = 30, timeLimit = 14_400 } = given;
  return {
    verb: 'Dial',
    action: given.action ? { url: below(given.action, base), method: given.method ?? 'POST' } : null,
    callerId,
    hangupOnStar,
    timeout,
    timeLimit,
    to: destinations(element, base),
  };
}

function destinations(element: XmlElement, base: string): Dial['to'] {
  const nested = element.children.filter((child) => typeof child !== 'string');
  if (nested.length === 0) {
    return [{ noun: 'Number', to: numberOf(textOf(element)), reports: null, whisper: null }];
  }
  const nouns = elementsOf(element);
  const conference = nouns.find(({ name }) => name === 'Conference');
  if (conference && nouns.length > 1) throw new TwimlFault(13_215, 'a conference stands alone');
  if (conference) return readConference(conference, base);
  if (nouns.length > MOST_AT_ONCE) throw new TwimlFault(13_215, `${nouns.length} at once`);
  return nouns.map((noun) => readNumber(noun, base));
}

function readNumber(noun: XmlElement, base: string): DialledNumber {
  if (noun.name !== 'Number' && noun.name !== 'Client') throw new TwimlFault(13_215, noun.name);
  const given = readAttributes(noun, {
    url: [address, 11_100],
    method: [method, 13_221],
    sendDigits: [keys, 13_222],
    statusCallback: [address, 11_100],
    statusCallbackEvent: [words(callEvents), 12_200],
    statusCallbackMethod: [method, 12_200],
  });
  const to = textOf(noun);
  return {
    noun: noun.name,
    to: noun.name === 'Number' ? numberOf(to) : to,
    reports: given.statusCallback
      ? {
          url: below(given.statusCallback, base),
          method: given.statusCallbackMethod ?? 'POST',
          events: given.statusCallbackEvent ?? ['completed'],
        }
      : null,
    whisper: given.url ? { url: below(given.url, base), method: given.method ?? 'POST' } : null,
  };
}

function numberOf(given: string): string {
  if (!E164.test(given)) throw new TwimlFault(13_223, given);
  return given;
}

/** @see https://www.twilio.com/docs/voice/twiml/conference */
function readConference(noun: XmlElement, base: string): JoinConference {
  const given = readAttributes(noun, {
    muted: [flag, 13_230],
    beep: [z.enum(['true', 'false', 'onEnter', 'onExit']), 13_235],
    startConferenceOnEnter: [flag, 13_232],
    endConferenceOnExit: [flag, 13_231],
    participantLabel: [text.max(128), 12_200],
    jitterBufferSize: [z.enum(['large', 'medium', 'small', 'off']), 12_200],
    waitUrl: [addressOrNone, 13_233],
    waitMethod: [method, 13_234],
    maxParticipants: [whole(2, 250), 12_200],
    record: [z.enum(['do-not-record', 'record-from-start']), 12_200],
    region: [text, 12_200],
    trim: [z.enum(['trim-silence', 'do-not-trim']), 12_200],
    coach: [text.regex(/^CA[0-9a-f]{32}$/), 13_240],
    statusCallback: [address, 11_100],
    statusCallbackEvent: [words(roomEvents), 12_200],
    statusCallbackMethod: [method, 12_200],
    recordingStatusCallback: [address, 11_100],
    recordingStatusCallbackEvent: [words(recordingEvents), 12_200],
    recordingStatusCallbackMethod: [method, 12_200],
  });
  const name = textOf(noun);
  if (name === '' || name.length > 128) throw new TwimlFault(13_237, name);
  return {
    noun: 'Conference',
    name,
    label: given.participantLabel ?? null,
    muted: given.muted ?? false,
    beep: given.beep ?? 'true',
    startOnEnter: given.startConferenceOnEnter ?? true,
    endOnExit: given.endConferenceOnExit ?? false,
    wait:
      given.waitUrl === undefined
        ? null
        : { url: given.waitUrl && below(given.waitUrl, base), method: given.waitMethod ?? 'POST' },
    coach: given.coach ?? null,
    mostParticipants: given.maxParticipants ?? 250,
    record: given.record === 'record-from-start',
    reports: given.statusCallback
      ? {
          url: below(given.statusCallback, base),
          method: given.statusCallbackMethod ?? 'POST',
          events: given.statusCallbackEvent ?? ['start', 'end'],
        }
      : null,
    recordingReports: given.recordingStatusCallback
      ? {
          url: below(given.recordingStatusCallback, base),
          method: given.recordingStatusCallbackMethod ?? 'POST',
          events: given.recordingStatusCallbackEvent ?? ['completed'],
        }
      : null,
  };
}
