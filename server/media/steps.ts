import type { Selectable } from 'kysely';
import { addSeconds, type Clock } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { Locale } from '../contract/errors.ts';
import type { Db, Tables } from '../database/database.ts';

/** What the handlers of this folder need. */
export type MediaParts = Pick<
  AppContext,
  'database' | 'unitOfWork' | 'clock' | 'log' | 'channels' | 'files' | 'transcriber'
>;

export type Step = Selectable<Tables['media_fetch']>;

/** A step, and the conversation whose file it is about. */
export interface ClaimedStep extends Step {
  conversation_id: string;
  ticket_id: string | null;
  channel: ChannelName;
  locale: Locale;
}

/**
 * Takes a step that is due, for `seconds`: after a crash it is due again. A job that comes twice, or too early, gets
 * nothing.
 */
export async function claimStep(
  { db, clock }: { db: Db; clock: Clock },
  attachmentId: string,
  step: Step['step'],
  seconds: number,
): Promise<ClaimedStep | undefined> {
  const now = clock.now();
  return db
    .with('taken', (query) =>
      query
        .updateTable('media_fetch')
        .set((is) => ({ tries: is('tries', '+', 1), next_at: addSeconds(now, seconds) }))
        .where('attachment_id', '=', attachmentId)
        .where('step', '=', step)
        .where('next_at', '<=', now)
        .returningAll(),
    )
    .selectFrom('taken')
    .innerJoin('message as m', 'm.id', 'taken.message_id')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .selectAll('taken')
    .select(['m.conversation_id', 'm.ticket_id', 'c.channel', 'c.locale'])
    .executeTakeFirst();
}
