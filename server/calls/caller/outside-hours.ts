import { DateTime } from 'luxon';
import type { Locale } from '../../contract/errors.ts';
import type { Spoken } from '../../contract/voice.ts';
import { sayText } from '../ear/to-ear.ts';
import { callbackLine, callbackNumber } from './callback-line.ts';
import { type CallerScene, changeScene, type NextStep, speak } from './caller-scene.ts';
import { wantCallback } from './want-callback.ts';

/** Nobody is on duty: when somebody will be, and a message after the tone. Where a message could harm, none is asked for. */
export async function outsideHours(scene: CallerScene, before: readonly Spoken[]): Promise<NextStep[]> {
  const { script, ticket, context } = scene;
  const closed = [...before, speak(scene, 'call.closed'), ...whenItOpens(scene)];
  if (ticket.protected) return calledLater(scene, closed);
  script.asking = 'voicemail';
  await changeScene(scene, { stage: 'voicemail' });
  return [
    {
      do: 'record',
      say: [...closed, speak(scene, 'call.voicemail')],
      mostSeconds: context.city.calls.voicemailSeconds,
    },
  ];
}

/** Who agreed to be called is called once somebody is on duty; of others only they know when it is safe. */
async function calledLater(scene: CallerScene, closed: readonly Spoken[]): Promise<NextStep[]> {
  const phone = scene.script.mayCall === true ? callbackNumber(scene) : null;
  const isCalled = phone !== null && callbackLine(scene) !== null;
  const last = isCalled ? await wantCallback(scene, phone) : [];
  const say = last.flatMap((step) => (step.do === 'hangUp' ? step.say : []));
  return [{ do: 'hangUp', say: [...closed, ...(isCalled ? say : [speak(scene, 'call.goodbye')])] }];
}

/** When somebody is on duty again, by the city's clock; nothing where nobody knows. */
export function whenItOpens(scene: CallerScene): Spoken[] {
  const { standing, context, unit, conversation } = scene;
  if (!standing.opensAt) return [];
  const { locale } = conversation;
  const zone = context.city.timeZone;
  const opens = DateTime.fromISO(standing.opensAt, { zone });
  const time = hourOf(opens, locale);
  if (opens.hasSame(DateTime.fromJSDate(unit.now, { zone }), 'day'))
    return [speak(scene, 'call.opens_today', { time })];
  const day = opens
    .setLocale(locale === 'es' ? 'es-MX' : 'en')
    .toFormat(locale === 'es' ? "cccc d 'de' LLLL" : 'cccc d LLLL');
  return [speak(scene, 'call.opens', { day, time })];
}

/** «las 9 de la mañana», «la 1 de la tarde», “9 a.m”: the sentence that it ends has a full stop of its own. */
function hourOf(opens: DateTime, locale: Locale): string {
  const time = sayText(opens.toFormat('HH:mm'), locale).replace(/\.$/, '');
  if (locale !== 'es') return time;
  return `${opens.hour % 12 === 1 ? 'la' : 'las'} ${time}`;
}
