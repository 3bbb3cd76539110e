import type { Chance } from '../chance.ts';
import type { Arrival } from '../plan/plan-day.ts';

const YES = ['Sí, así es', 'Sí, por favor', 'Sí, exactamente', 'Así es, gracias'];
const ENOUGH = ['No, sería todo, muchas gracias', 'No, gracias', 'Es todo, muy amable', 'No, ya con eso. Gracias'];

/** What a resident writes to what an operator wrote; null: nothing needs an answer. */
export function answerOperator(text: string, arrival: Arrival, chance: Chance): string | null {
  if (!text.includes('?')) return null;
  if (/algo más/i.test(text)) return chance.pick(ENOUGH);
  if (/nombre/i.test(text)) return arrival.resident.shortName;
  if (/dónde|ubicación|calle/i.test(text)) return `Es en ${arrival.spot.words}`;
  return chance.pick(YES);
}
