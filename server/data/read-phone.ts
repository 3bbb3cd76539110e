import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js';
import { phoneOf } from '../contract/phone.ts';

/**
 * A telephone number as somebody at home writes it, with or without its country.
 * @returns as people are known by it (see `phoneOf`), or null for what is none
 */
export function readPhone(text: string, country: string): string | null {
  const parsed = parsePhoneNumber(text.replace(/^\+?521(\d{10})$/, '+52$1'), country as CountryCode);
  return parsed?.isPossible() ? phoneOf(parsed.number) : null;
}
