import type { ChoiceOption, Part } from '../../contract/message.ts';
import type { Chance } from '../chance.ts';
import type { Arrival } from '../plan/plan-day.ts';

/** What somebody does about what they were told. */
export type Answer =
  | { do: 'say'; text: string }
  | { do: 'pick'; option: ChoiceOption }
  | { do: 'point'; latitude: number; longitude: number }
  /** They have what they came for. */
  | { do: 'leave' }
  /** They put the telephone away without a word. */
  | { do: 'vanish' };

/** What they have been asked so far: asked the same again, they answer otherwise. */
export interface Asked {
  place: number;
  unclear: number;
}

/** Of a turn of the bot: some lose interest. */
const VANISHES = 0.02;
const DETAILS = [
  'está así desde hace tres días',
  'ya van dos semanas',
  'es peligroso, pasan muchos niños',
  'se pone peor cuando llueve',
  'ya lo habíamos reportado el mes pasado',
  'está frente a la tienda',
];

/** What a resident answers to a turn of the bot: its messages since they last spoke. */
export function answerBot(parts: readonly Part[], arrival: Arrival, asked: Asked, chance: Chance): Answer {
  if (chance.happens(VANISHES)) return { do: 'vanish' };
  const options = parts.flatMap((part) => (part.type === 'choices' ? part.options : []));
  const text = parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
  const wants = parts.findLast((part) => part.type === 'request')?.wants ?? null;
  const option = (pattern: RegExp) => options.find(({ id, title }) => pattern.test(id) || pattern.test(title));
  const pick = (found: ChoiceOption | undefined): Answer | null => (found ? { do: 'pick', option: found } : null);

  const isFiled = parts.some((part) => part.type === 'folio');
  if (isFiled) return chance.happens(0.5) ? { do: 'say', text: 'gracias' } : { do: 'leave' };
  if (wants === 'place') {
    asked.place += 1;
    if (asked.place === 1 && chance.happens(0.55)) return { do: 'say', text: arrival.spot.words };
    return { do: 'point', ...arrival.spot.point };
  }
  const sends = pick(option(/^report:send$/));
  if (sends) return sends;
  const same = option(/^report:same:/);
  if (same) return pick(chance.happens(0.6) ? same : option(/^report:other$/)) ?? { do: 'leave' };
  const asksForm = options.filter(({ id }) => /^report:answer/.test(id));
  if (asksForm.length > 0) return { do: 'pick', option: chance.pick(asksForm) };
  const place = option(/^report:place:/) ?? option(/^report:(?:correct-place|triage)$/);
  if (place) return { do: 'pick', option: place };
  const skip = option(/^report:skip$/);
  if (skip && wants === 'photo')
    return chance.happens(0.5) ? { do: 'say', text: chance.pick(DETAILS) } : { do: 'pick', option: skip };
  if (skip) {
    const { shortName, phone } = arrival.resident;
    return chance.happens(0.5) ? { do: 'say', text: `${shortName}, ${phone.slice(3)}` } : { do: 'pick', option: skip };
  }
  const settled = option(/^s[íi], gracias|^s[íi], qued|^yes, thank/i);
  if (settled) {
    const person = option(/persona|person/i);
    return person && chance.happens(0.22) ? { do: 'pick', option: person } : { do: 'pick', option: settled };
  }
  const meant = options.find(({ id }) => id === arrival.need.id || id.endsWith(`:${arrival.need.id}`));
  if (meant) return { do: 'pick', option: meant };
  if (/en qué colonia|en qué calle|dónde|which (?:colonia|street)|where/i.test(text)) {
    asked.place += 1;
    return asked.place > 2 ? { do: 'point', ...arrival.spot.point } : { do: 'say', text: arrival.spot.words };
  }
  if (options.length > 0 || /\?\s*$/.test(text)) {
    asked.unclear += 1;
    if (asked.unclear === 1 && arrival.need.kind !== 'status') return { do: 'say', text: arrival.need.words };
    return pick(option(/hablar-persona|persona|person/i)) ?? { do: 'say', text: 'quiero hablar con una persona' };
  }
  return chance.happens(0.4) ? { do: 'say', text: 'muchas gracias' } : { do: 'leave' };
}
