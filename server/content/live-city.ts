import type { City } from '../contract/city.ts';
import type { Editable } from './lay-over.ts';

/** Each of them is read anew whenever it is asked for. */
const editable = [
  'areas',
  'danger',
  'departmentAddresses',
  'departmentFacts',
  'departments',
  'english',
  'frequent',
  'menu',
  'phrases',
  'services',
  'triageDepartment',
] as const satisfies readonly (keyof Editable)[];

/**
 * The city as it stands at each moment: whoever holds it reads what the console says now. A copy of it would stay as
 * it was.
 * @param now what was edited, laid over the files
 */
export function liveCity(base: City, now: () => Editable): City {
  const getters = editable.map((name) => [name, { enumerable: true, get: () => now()[name] }]);
  return Object.defineProperties({ ...base }, Object.fromEntries(getters));
}
