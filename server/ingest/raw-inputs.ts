import { v7 as uuid } from 'uuid';
import type { Unit } from '../database/unit-of-work.ts';
import { VERSION } from '../version.ts';

/** An input, or what of it this version cannot read. */
export interface Unread {
  accountId: string;
  /** JSON of what the channel decodes. */
  body: string;
  /** Why, for whoever mends it. */
  why: string;
}

/** Keeps inputs as they came, for a version that can read them. @returns their ids, in the same order */
export async function keepUnread({ tx, now }: Unit, unread: readonly Unread[]): Promise<string[]> {
  if (unread.length === 0) return [];
  const rows = unread.map(({ accountId, body, why }) => ({
    id: uuid(),
    channel_account_id: accountId,
    body: withoutNul(body),
    error: withoutNul(why.slice(0, 2_000)),
    reader: VERSION,
    received_at: now,
    decoded_at: null,
  }));
  await tx.insertInto('raw_input').values(rows).execute();
  return rows.map(({ id }) => id);
}

/** PostgreSQL takes no U+0000 in a text. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '\\u0000');
