import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js';
import { phoneOf } from '../../contract/phone.ts';
import type { Spoken } from '../../contract/voice.ts';
import { isCallable } from '../callable.ts';
import { sayText } from '../ear/to-ear.ts';
import { callbackNumber } from './callback-line.ts';
import { ask, type CallerScene, type NextStep, speak } from './caller-scene.ts';
import { wantCallback } from './want-callback.ts';

/** National numbers of Mexico, and of most places that have them of one length. */
const NATIONAL_DIGITS = 10;
/** Numbers that are no number before they go on waiting. */
const TRIES = 2;
const YES_KEY = '1';

/** Asks where they want to be called: at the number they call from, or another one that they key. */
export function askNumber(scene: CallerScene): NextStep[] {
  scene.script.asking = 'number';
  scene.script.silences = 0;
  return [question(scene)];
}

function question(scene: CallerScene, before: readonly Spoken[] = []): NextStep {
  const own = callbackNumber(scene);
  const words = own
    ? speak(scene, 'call.callback_number', { number: sayText(own, scene.conversation.locale) })
    : speak(scene, 'call.callback_ask');
  // Keys are heard while it is said that the last ones were no number.
  return ask(scene, [...before, words], { keys: { most: NATIONAL_DIGITS, finishOn: '#' }, speech: false });
}

/** @returns null when they go on waiting */
export async function hearNumber(scene: CallerScene): Promise<NextStep[] | null> {
  const { script, heard, context } = scene;
  // Called away from the question: the bell rang for nothing.
  if (heard.kind === 'again') return [question(scene)];
  scene.heard = { kind: 'again' };
  const digits = heard.kind === 'keys' ? heard.digits.replace(/\D/g, '') : '';
  const isWhole = digits.length === NATIONAL_DIGITS;
  const keyed = isWhole ? phoneOf(`+${getCountryCallingCode(context.city.country as CountryCode)}${digits}`) : null;
  const agreed = digits === '' || digits === YES_KEY ? callbackNumber(scene) : null;
  const phone = keyed && isCallable(context.city, keyed) ? keyed : agreed;
  if (phone) return wantCallback(scene, phone);
  script.silences += 1;
  if (script.silences < TRIES) {
    const wrong = digits === '' ? [] : [speak(scene, isWhole ? 'call.callback_refused' : 'call.callback_wrong')];
    return [question(scene, wrong)];
  }
  script.asking = null;
  script.silences = 0;
  return null;
}
