import type { Chance } from '../chance.ts';
import type { Need } from './needs.ts';

/** Of those who write on the city's page. */
const WRITES_ENGLISH = 0.05;

const words: Readonly<Record<string, string>> = {
  bache: 'There is a huge pothole on my street, cars have to swerve around it',
  luminaria: 'The street light in front of my house has been out for a week',
  'basura-no-recolectada': 'The garbage truck has not come by for three days',
  'fuga-agua': 'There is a water leak on the sidewalk, it keeps running',
  'falta-agua': 'We have had no water since yesterday',
  inundacion: 'My street is flooded, the water is coming into the houses',
  ruido: 'The bar next door plays loud music until four in the morning',
  'predial-pago': 'Where can I pay my property tax?',
  'horarios-ubicacion': 'What are the opening hours of the city hall?',
  'recoleccion-horario': 'What time does the garbage truck come by?',
  'acta-nacimiento': 'How do I get a copy of a birth certificate?',
  turismo: 'What can I visit in the city this weekend?',
  'hablar-persona': 'I want to talk to a person',
};

/** The same need in English, of somebody who rather speaks that; null: they speak Spanish. */
export function inEnglish(need: Need, chance: Chance): Need | null {
  const said = words[need.id];
  return chance.happens(WRITES_ENGLISH) && said ? { ...need, words: said } : null;
}
