import { createHash, timingSafeEqual } from 'node:crypto';
import { Open311Error } from './open311-error.ts';

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Who may open cases from another program.
 * @param setting keys with commas between them; empty: nobody
 * @returns a check that throws Open311Error 403 for a missing or unknown key
 */
export function createKeyCheck(setting: string | undefined): (key: string | undefined) => void {
  const keys = (setting ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean)
    .map(digest);
  return (key) => {
    const given = digest(key ?? '');
    // All are compared, so that the time does not tell which one is near.
    const known = keys.filter((one) => timingSafeEqual(one, given)).length > 0;
    if (!key || !known) throw new Open311Error(403, 'A valid api_key is required to open a request.');
  };
}
