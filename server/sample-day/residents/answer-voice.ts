import type { Chance } from '../chance.ts';
import type { Arrival } from '../plan/plan-day.ts';

/** What a caller does about what they heard. */
export type VoiceAnswer =
  | { do: 'press'; keys: string }
  | { do: 'speak'; text: string }
  | { do: 'hangUp' }
  | { do: 'wait' };

/** They are told where they stand in the queue. */
const IN_QUEUE =
  /sigue en la línea|te contestan|personas? antes que tú|se cortó la comunicación|te paso con otra persona/i;
/** Of those who are offered to be called back. */
const RATHER_IS_CALLED = 0.4;

export interface CallerMood {
  place: number;
  unclear: number;
  wantsPerson: boolean;
  /** They asked to be called back, or would rather wait; null: nobody has offered it. */
  isCalled: boolean | null;
}

const press = (keys: string): VoiceAnswer => ({ do: 'press', keys });
/** Some give up on a machine. */
const HANGS_UP = 0.015;

/** What is done about the line's last words, by its sample city's phrases; what nobody foresaw leads to a person. */
export function answerVoice(
  heard: string,
  { need, spot, resident }: Arrival,
  mood: CallerMood,
  chance: Chance,
): VoiceAnswer {
  const says = (pattern: RegExp) => pattern.test(heard);
  if (says(/después del tono/i)) return { do: 'speak', text: `Soy ${resident.shortName}. ${need.words}` };
  if (says(/ya puedes colgar|hasta luego/i)) return { do: 'hangUp' };
  if (says(/si está bien, marca gato/i)) return press('#');
  if (says(/que te llamemos sin perder tu lugar, marca 1/i) && mood.isCalled === null) {
    mood.isCalled = chance.happens(RATHER_IS_CALLED);
    return mood.isCalled ? press('1') : { do: 'wait' };
  }
  if (says(IN_QUEUE)) return { do: 'wait' };
  if (chance.happens(HANGS_UP)) return { do: 'hangUp' };
  if (says(/te ayudo en algo más/i)) return press('2');
  if (says(/folio y su clave por mensaje/i)) return press('1');
  if (says(/lo envío\?/i)) return press('1');
  if (says(/quedó resuelta tu duda/i)) return press(chance.happens(0.8) ? '1' : '2');
  if (says(/quieres que siga/i)) return press('3');
  if (says(/quedó resuelto\?/i)) return press('1');
  if (says(/para seguir sin decir más/i)) return press('1');
  if (mood.wantsPerson) return press('0');
  if (says(/dónde está|en qué calle|en qué colonia/i)) {
    mood.place += 1;
    return mood.place > 2 ? press('0') : { do: 'speak', text: spot.words };
  }
  if (says(/en qué te ayudo|dímelo con tus palabras|no te (?:oí|escuché)/i)) {
    mood.unclear += 1;
    return mood.unclear > 2 ? press('0') : { do: 'speak', text: need.words };
  }
  mood.unclear += 1;
  return mood.unclear > 1 ? press('0') : { do: 'speak', text: need.words };
}
