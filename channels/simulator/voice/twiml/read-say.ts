import { address, below, keys, language, readAttributes, text, whole } from './attributes.ts';
import { TwimlFault } from './twiml-fault.ts';
import type { Pause, Play, Prompt, Say } from './verbs.ts';
import type { XmlElement } from './xml.ts';

/** @see https://www.twilio.com/docs/api/errors/13520 */
const LONGEST_SAY = 4_096;
const SSML = ['break', 'emphasis', 'lang', 'p', 'phoneme', 'prosody', 's', 'say-as', 'sub', 'w'];
const VOICE = /^(?:man|woman|alice|(?:Polly|Google)\.[\p{L}\d-]+)$/u;

export function readSay(element: XmlElement): Say {
  const {
    voice = 'man',
    language: spoken,
    loop = 1,
  } = readAttributes(element, {
    voice: [text.regex(VOICE), 13_511],
    language: [language, 12_200],
    loop: [whole(0), 13_510],
  });
  const said = wordsOf(element).replace(/\s+/g, ' ').trim();
  if (said === '' || said.length > LONGEST_SAY) throw new TwimlFault(13_520, `${said.length} characters`);
  return { verb: 'Say', text: said, language: spoken ?? languageOf(voice), voice, loop };
}

/** A voice of Google's speaks one language; the others English, unless told. */
function languageOf(voice: string): string {
  return /^Google\.([a-z]{2,3}-[A-Z]{2})-/.exec(voice)?.[1] ?? 'en-US';
}

function wordsOf({ name, children }: XmlElement): string {
  return children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (!SSML.includes(child.name)) throw new TwimlFault(12_200, `${child.name} in ${name}`);
      return child.name === 'break' ? ' ' : wordsOf(child);
    })
    .join('');
}

export function readPlay(element: XmlElement, base: string): Play {
  const { loop = 1, digits = null } = readAttributes(element, { loop: [whole(0), 13_410], digits: [keys, 12_200] });
  const url = textOf(element);
  if (digits === null && !address.safeParse(url).success) throw new TwimlFault(11_100, url);
  return { verb: 'Play', url: digits === null ? below(url, base) : null, digits, loop };
}

export function readPause(element: XmlElement): Pause {
  const { length = 1 } = readAttributes(element, { length: [whole(0), 13_910] });
  empty(element);
  return { verb: 'Pause', seconds: length };
}

export function readPrompt(element: XmlElement, base: string): Prompt {
  if (element.name === 'Say') return readSay(element);
  if (element.name === 'Play') return readPlay(element, base);
  if (element.name === 'Pause') return readPause(element);
  throw new TwimlFault(13_320, element.name);
}

/** The text of an element that holds nothing else. @throws TwimlFault 12200 */
export function textOf({ name, children }: XmlElement): string {
  return children
    .map((child) => {
      if (typeof child !== 'string') throw new TwimlFault(12_200, `${child.name} in ${name}`);
      return child;
    })
    .join('')
    .trim();
}

/** The elements within one that holds no text. @throws TwimlFault 12200 */
export function elementsOf({ name, children }: XmlElement): XmlElement[] {
  return children.flatMap((child) => {
    if (typeof child !== 'string') return child;
    if (child.trim() !== '') throw new TwimlFault(12_200, `words in ${name}`);
    return [];
  });
}

/** @throws TwimlFault 12200 when something is in it */
export function empty(element: XmlElement): void {
  if (textOf(element) !== '') throw new TwimlFault(12_200, `words in ${element.name}`);
}
