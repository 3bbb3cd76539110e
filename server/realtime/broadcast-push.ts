import { sql } from 'kysely';
import { selectBroadcasts } from '../broadcasts/read-broadcasts.ts';
import type { AppContext } from '../context.ts';
import { rooms } from '../contract/socket.ts';
import { coalesce } from './coalesce.ts';
import type { ConsoleNamespace } from './socket-server.ts';

/** Notices have many messages, each with reports of its own. */
const ROWS_EVERY_MS = 500;

/** Tells whoever sends notices, and may see its case, how far a notice to followers has got. */
export function pushBroadcasts({ bus, database, log }: AppContext, namespace: ConsoleNamespace): void {
  const { db } = database;
  const failed = (error: unknown) => log.warn({ err: error }, 'notices not told to the console');

  const tell = coalesce<string>(
    ROWS_EVERY_MS,
    async (ids) => {
      for (const { broadcast, protected: isProtected } of await selectBroadcasts(db, sql`b.id = any(${ids})`)) {
        namespace.to(isProtected ? rooms.protectedBroadcasts : rooms.broadcasts).emit('broadcast', broadcast);
      }
    },
    failed,
  );
  const reports = coalesce<string>(
    ROWS_EVERY_MS,
    async (messageIds) => {
      const moved = await db
        .selectFrom('broadcast_recipient')
        .select('broadcast_id')
        .distinct()
        .where('message_id', 'in', messageIds)
        .execute();
      tell(moved.map((row) => row.broadcast_id));
    },
    failed,
  );
  bus.subscribe('broadcast.changed', ({ broadcastId }) => tell([broadcastId]));
  bus.subscribe('message.changed', (id) => reports([id]));
}
