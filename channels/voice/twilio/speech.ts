import type { Locale } from '../../../server/contract/errors.ts';
import type { Spoken } from '../../../server/contract/voice.ts';

/** Twilio's names of the voices that read to callers. */
export type Voices = Readonly<Record<Locale, string>>;

/** Spanish as it is spoken in Mexico, English as callers there know it. */
export const LANGUAGES = { es: 'es-MX', en: 'en-US' } as const satisfies Record<Locale, string>;

/** Twilio refuses a `<Say>` of more than 4,096 characters. */
const LONGEST = 3_000;
/** XML has no way to write them, so a document with one cannot be made. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

interface CanSay {
  say(attributes: { language: (typeof LANGUAGES)[Locale]; voice: never }, text: string): unknown;
}

/** Speaks within a document or a verb, in sentences where it is long. */
export function speak(into: CanSay, said: readonly Spoken[], voices: Voices): void {
  for (const { text, locale } of said) {
    const attributes = { language: LANGUAGES[locale], voice: voices[locale] as never };
    for (const piece of pieces(text.toWellFormed().replace(UNSPEAKABLE, ' '))) into.say(attributes, piece);
  }
}

function pieces(text: string): string[] {
  const rest = text.trim();
  if (rest.length <= LONGEST) return rest ? [rest] : [];
  const head = rest.slice(0, LONGEST);
  const end = Math.max(head.lastIndexOf('. '), head.lastIndexOf('\n'), head.lastIndexOf(' '));
  const cut = end > 0 ? end + 1 : LONGEST;
  return [rest.slice(0, cut).trim(), ...pieces(rest.slice(cut))];
}
