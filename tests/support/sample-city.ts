import { fileURLToPath } from 'node:url';
import { loadCity } from '../../server/city/load-city.ts';

export const veracruzFolder = fileURLToPath(new URL('../../cities/veracruz', import.meta.url));

/** The sample city as the server loads it. */
export function sampleCity() {
  return loadCity(veracruzFolder);
}
