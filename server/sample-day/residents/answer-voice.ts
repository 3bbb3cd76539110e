import type { Chance } from '../chance.ts';
import type { Arrival } from '../plan/plan-day.ts';

/** What a caller does about what they heard. */
export type VoiceAnswer =
  | { do: 'press'; keys: string }
  | { do: 'speak'; text: string }
  | { do: 'hangUp' }
  | { do: 'wait' };

export interface CallerMood {
  place: number;
  unclear: number;
  wantsPerson: boolean;
}

const press = (keys: string): VoiceAnswer => ({ do: 'press', keys });
/** Some give up on a machine. */
const HANGS_UP = 0.015;

/** What is done about the line's last words, by its sample city's phrases; what nobody foresaw leads to a person. */
export function answerVoice(heard: string, { need, spot }: Arrival, mood: CallerMood, chance: Chance): VoiceAnswer {
  const says = (pattern: RegExp) => pattern.test(heard);
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
