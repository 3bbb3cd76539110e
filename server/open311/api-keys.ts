import { createHash, timingSafeEqual } from 'node:crypto';
import { findKeyHolder } from '../administration/api-keys.ts';
import type { AppContext } from '../context.ts';
import { Open311Error } from './open311-error.ts';

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Who may open cases from another program: whoever holds a key of the console that may write cases, or one of those
 * in the settings.
 * @param setting keys with commas between them
 * @returns a check that throws Open311Error 403 for a missing or unknown key
 */
export function createKeyCheck(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  setting: string | undefined,
): (key: string | undefined) => Promise<void> {
  const keys = (setting ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean)
    .map(digest);
  return async (key) => {
    const holder = key ? await findKeyHolder(database.db, key, clock.now()) : null;
    if (holder?.scopes.has('cases:write')) return;
    const given = digest(key ?? '');
    // All are compared, so that the time does not tell which one is near.
    const known = keys.filter((one) => timingSafeEqual(one, given)).length > 0;
    if (!key || !known) throw new Open311Error(403, 'A valid api_key is required to open a request.');
  };
}
