import { z } from 'zod';
import {
  address,
  addressOrNone,
  below,
  flag,
  keys,
  language,
  method,
  readAttributes,
  text,
  whole,
  words,
} from './attributes.ts';
import { readDial } from './read-dial.ts';
import { elementsOf, empty, readPause, readPlay, readPrompt, readSay, textOf } from './read-say.ts';
import { TwimlFault } from './twiml-fault.ts';
import { type Enqueue, type Gather, type Record, type Redirect, recordingEvents, type Verb } from './verbs.ts';
import { readXml, type XmlElement } from './xml.ts';

/** @see https://www.twilio.com/docs/api/errors/11750 */
const LONGEST_BYTES = 64 * 1024;

/**
 * What a document says, in its order.
 * @param base where it was fetched: what its relative addresses are below, and where forms go that name no address
 * @throws TwimlFault
 */
export function readTwiml(document: string, base: string): Verb[] {
  if (Buffer.byteLength(document) > LONGEST_BYTES) throw new TwimlFault(11_750);
  const root = readXml(document);
  if (root.name !== 'Response') throw new TwimlFault(12_102, root.name);
  readAttributes(root, {});
  return elementsOf(root).map((element) => readVerb(element, base));
}

function readVerb(element: XmlElement, base: string): Verb {
  switch (element.name) {
    case 'Say':
      return readSay(element);
    case 'Play':
      return readPlay(element, base);
    case 'Pause':
      return readPause(element);
    case 'Gather':
      return readGather(element, base);
    case 'Record':
      return readRecord(element, base);
    case 'Redirect':
      return readRedirect(element, base);
    case 'Enqueue':
      return readEnqueue(element, base);
    case 'Dial':
      return readDial(element, base);
    case 'Hangup':
    case 'Leave':
      readAttributes(element, {});
      empty(element);
      return { verb: element.name };
    case 'Reject': {
      const { reason = 'rejected' } = readAttributes(element, { reason: [z.enum(['rejected', 'busy']), 12_200] });
      empty(element);
      return { verb: 'Reject', reason };
    }
    default:
      throw new TwimlFault(12_200, `unknown verb ${element.name}`);
  }
}

/** @see https://www.twilio.com/docs/voice/twiml/gather */
function readGather(element: XmlElement, base: string): Gather {
  const given = readAttributes(element, {
    action: [address, 11_100],
    method: [method, 13_312],
    input: [words(['dtmf', 'speech']), 12_200],
    language: [language, 12_200],
    timeout: [whole(1), 13_313],
    speechTimeout: [z.union([z.literal('auto'), whole(1)]), 13_327],
    maxSpeechTime: [whole(1), 13_328],
    finishOnKey: [keys.max(1), 13_310],
    numDigits: [whole(1), 13_314],
    actionOnEmptyResult: [flag, 12_200],
    bargeIn: [flag, 12_200],
    hints: [z.string(), 12_200],
    speechModel: [text, 12_200],
    enhanced: [flag, 12_200],
    profanityFilter: [flag, 12_200],
    partialResultCallback: [address, 11_100],
    partialResultCallbackMethod: [method, 12_200],
    debug: [flag, 12_200],
  });
  const { input = ['dtmf'], timeout = 5 } = given;
  return {
    verb: 'Gather',
    action: { url: given.action ? below(given.action, base) : base, method: given.method ?? 'POST' },
    dtmf: input.includes('dtmf'),
    speech: input.includes('speech'),
    language: given.language ?? 'en-US',
    timeout,
    speechTimeout: given.speechTimeout ?? timeout,
    finishOnKey: given.finishOnKey ?? '#',
    numDigits: given.numDigits ?? null,
    actionOnEmptyResult: given.actionOnEmptyResult ?? false,
    bargeIn: given.bargeIn ?? true,
    hints: (given.hints ?? '').split(',').flatMap((hint) => hint.trim() || []),
    prompts: elementsOf(element).map((nested) => readPrompt(nested, base)),
  };
}

/** @see https://www.twilio.com/docs/voice/twiml/record */
function readRecord(element: XmlElement, base: string): Record {
  const given = readAttributes(element, {
    action: [address, 11_100],
    method: [method, 13_610],
    timeout: [whole(0), 13_611],
    maxLength: [whole(1, 86_400), 13_612],
    finishOnKey: [keys, 13_613],
    playBeep: [flag, 13_616],
    trim: [z.enum(['trim-silence', 'do-not-trim']), 12_200],
    // It understands English alone.
    transcribe: [z.literal('false'), 13_614],
    recordingStatusCallback: [address, 11_100],
    recordingStatusCallbackMethod: [method, 12_200],
    recordingStatusCallbackEvent: [words(recordingEvents), 12_200],
  });
  empty(element);
  return {
    verb: 'Record',
    action: { url: given.action ? below(given.action, base) : base, method: given.method ?? 'POST' },
    timeout: given.timeout ?? 5,
    maxLength: given.maxLength ?? 3_600,
    finishOnKey: given.finishOnKey ?? '1234567890*#',
    playBeep: given.playBeep ?? true,
    reports: given.recordingStatusCallback
      ? {
          url: below(given.recordingStatusCallback, base),
          method: given.recordingStatusCallbackMethod ?? 'POST',
          events: given.recordingStatusCallbackEvent ?? ['completed'],
        }
      : null,
  };
}

function readRedirect(element: XmlElement, base: string): Redirect {
  const given = readAttributes(element, { method: [method, 13_710] });
  const to = textOf(element);
  if (!addressOrNone.safeParse(to).success) throw new TwimlFault(11_100, to);
  return { verb: 'Redirect', to: { url: to ? below(to, base) : base, method: given.method ?? 'POST' } };
}

/** @see https://www.twilio.com/docs/voice/twiml/enqueue */
function readEnqueue(element: XmlElement, base: string): Enqueue {
  const given = readAttributes(element, {
    action: [address, 14_203],
    method: [method, 14_201],
    waitUrl: [address, 14_202],
    waitUrlMethod: [method, 14_206],
    maxQueueSize: [whole(1, 5_000), 12_200],
  });
  const queue = textOf(element);
  if (queue === '') throw new TwimlFault(14_204);
  if (queue.length > 64) throw new TwimlFault(14_205, queue);
  return {
    verb: 'Enqueue',
    queue,
    action: given.action ? { url: below(given.action, base), method: given.method ?? 'POST' } : null,
    wait: given.waitUrl ? { url: below(given.waitUrl, base), method: given.waitUrlMethod ?? 'POST' } : null,
  };
}
