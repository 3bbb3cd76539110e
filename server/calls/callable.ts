import parsePhoneNumber, { type CountryCode, type NumberType } from 'libphonenumber-js/max';
import type { City } from '../contract/city.ts';

/** Numbers that somebody else is paid for, or that are nobody's telephone. */
const REFUSED: ReadonlySet<NumberType> = new Set([
  'PREMIUM_RATE',
  'SHARED_COST',
  'UAN',
  'PAGER',
  'VOICEMAIL',
  'PERSONAL_NUMBER',
]);

/**
 * Whether the city calls that number: of its own country and those that its rules name, and none that costs more than a
 * call. What the numbering plan does not know is called only within the country: plans change before their tables do.
 */
export function isCallable({ country, calls }: Pick<City, 'country' | 'calls'>, number: string): boolean {
  const parsed = parsePhoneNumber(number);
  if (!parsed || REFUSED.has(parsed.getType())) return false;
  const isHome = parsed.getPossibleCountries().includes(country as CountryCode);
  if (isHome) return parsed.isPossible();
  return parsed.country !== undefined && calls.abroad.includes(parsed.country) && parsed.isValid();
}
