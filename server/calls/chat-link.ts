import { createHash, randomBytes } from 'node:crypto';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** A text message is read sooner or not at all; later than this it may be read by somebody else. */
const VALID_SECONDS = 2 * 60 * 60;

const hashOf = (code: string): string => createHash('sha256').update(code).digest('base64url');

/**
 * A link that opens a visitor's chat, in one browser and for a while: it travels by text message, and whoever has it is
 * that visitor. @returns what stands in it
 */
export async function makeChatLink(unit: Unit, callId: string, address: string): Promise<string> {
  const code = randomBytes(24).toString('base64url');
  await unit.tx
    .insertInto('chat_link')
    .values({
      hash: hashOf(code),
      call_id: callId,
      address,
      created_at: unit.now,
      expires_at: addSeconds(unit.now, VALID_SECONDS),
      used_by: null,
    })
    .execute();
  return code;
}

/**
 * The visitor's token for the browser that opens the link first; its answer may get lost and be asked for again.
 * @throws AppError `link_expired`, for links that never were, too; `link_used`
 */
export async function takeChatLink(
  unit: Unit,
  { visitorTokens }: Pick<AppContext, 'visitorTokens'>,
  { code, browser }: { code: string; browser: string },
): Promise<{ token: string }> {
  const link = await unit.tx
    .selectFrom('chat_link')
    .selectAll()
    .where('hash', '=', hashOf(code))
    .forUpdate()
    .executeTakeFirst();
  if (!link || link.expires_at <= unit.now) throw new AppError('link_expired');
  if (link.used_by && link.used_by !== browser) throw new AppError('link_used');
  await unit.tx.updateTable('chat_link').set({ used_by: browser }).where('hash', '=', link.hash).execute();
  return { token: visitorTokens.issue(link.address).token };
}
