import { presentCalls } from '../calls/present-call.ts';
import type { AppContext } from '../context.ts';
import { rooms } from '../contract/socket.ts';
import { coalesce } from './coalesce.ts';
import type { ConsoleNamespace } from './socket-server.ts';

/** A telephone rings at once or not at all: gathered for less than a blink. */
const EVERY_MS = 20;

/** Tells whoever may see a call's contact, and whoever is on the call, that it changed. */
export function pushCalls({ bus, database, city, log }: AppContext, namespace: ConsoleNamespace): void {
  const views = coalesce<string>(
    EVERY_MS,
    async (ids) => {
      const rows = await database.db
        .selectFrom('call as k')
        .innerJoin('ticket as t', 't.id', 'k.ticket_id')
        .selectAll('k')
        .select(['t.protected', 't.queue_id', 't.operator_id'])
        .where('k.id', 'in', ids)
        .execute();
      const calls = await presentCalls(database.db, city, rows);
      for (const [index, row] of rows.entries()) {
        const call = calls[index];
        if (!call) continue;
        const people = call.legs.flatMap(({ operatorId }) => operatorId ?? []);
        namespace
          .to([
            row.protected ? rooms.protectedFloor : rooms.floor,
            row.protected ? rooms.protectedTicket(row.ticket_id) : rooms.ticket(row.ticket_id),
            // Of a protected queue only people with the grant are members.
            ...(row.queue_id ? [rooms.queue(row.queue_id)] : []),
            ...new Set([...people, ...(row.operator_id ? [row.operator_id] : [])].map(rooms.operator)),
          ])
          .emit('call', call);
      }
    },
    (error) => log.warn({ err: error }, 'calls not told to the console'),
  );
  bus.subscribe('call.changed', ({ callId }) => views([callId]));
}
