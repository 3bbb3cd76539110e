import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Spoken } from '../../../server/contract/voice.ts';
import { speak, type Voices } from './speech.ts';

/** Tries after which somebody is told to call again: about a quarter of an hour. */
const MOST_TRIES = 90;
const PAUSE = { least: 2, most: 10 } as const;

/** In both languages: whoever cannot be looked up cannot be asked for theirs. */
const ONE_MOMENT: readonly Spoken[] = [
  { text: 'Danos un momento, por favor. No cuelgues.', locale: 'es' },
  { text: 'One moment, please.', locale: 'en' },
];
const CALL_AGAIN: readonly Spoken[] = [
  { text: 'Lo sentimos: en este momento no podemos atenderte. Vuelve a llamar en unos minutos.', locale: 'es' },
  { text: 'Sorry, we cannot help you right now. Please call again in a few minutes.', locale: 'en' },
];
const NO_SUCH_LINE: readonly Spoken[] = [
  { text: 'Este número no recibe llamadas.', locale: 'es' },
  { text: 'This number takes no calls.', locale: 'en' },
];

/**
 * Something failed here: a sentence, a pause, and the same question once more. The sentence comes every third time.
 * @param tries how often it failed before
 */
export function sayOneMoment(voices: Voices, again: string, tries: number): string {
  const response = new VoiceResponse();
  if (tries >= MOST_TRIES) return farewell(CALL_AGAIN, voices);
  if (tries % 3 === 0) speak(response, ONE_MOMENT, voices);
  response.pause({ length: Math.min(PAUSE.most, PAUSE.least + tries) });
  response.redirect({ method: 'POST' }, again);
  return response.toString();
}

/** The call came to a number that is no telephone line of the city. */
export const sayNoSuchLine = (voices: Voices): string => farewell(NO_SUCH_LINE, voices);

/** Nothing to say; the call goes on elsewhere. */
export function goOn(url: string): string {
  const response = new VoiceResponse();
  response.redirect({ method: 'POST' }, url);
  return response.toString();
}

/** Nothing more to say: the call is over, or this was no question. */
export const sayNothing = (): string => new VoiceResponse().toString();

function farewell(said: readonly Spoken[], voices: Voices): string {
  const response = new VoiceResponse();
  speak(response, said, voices);
  response.hangup();
  return response.toString();
}
