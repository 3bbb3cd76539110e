import type { City } from '../contract/city.ts';

/** The account of calls from the browser. Its name is nobody else's: `city/check-references.ts`. */
export const WEB_CALLS_ACCOUNT = 'voice';

/** A line as people know it, by its account. */
export interface KnownLine {
  id: string;
  name: string;
  /** E.164; empty for calls from the browser. */
  address: string;
}

/** The city's lines, in the order of its content; calls from the browser last. */
export function linesOf(city: City): KnownLine[] {
  const telephones = city.accounts
    .filter(({ channel }) => channel === 'voice')
    .map(({ id, name, address }) => ({ id, name, address }));
  return city.calls.web ? [...telephones, { id: WEB_CALLS_ACCOUNT, name: city.contactName, address: '' }] : telephones;
}
