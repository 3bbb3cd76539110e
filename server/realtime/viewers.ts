import { z } from 'zod';
import type { Viewer } from '../contract/http.ts';
import { rooms } from '../contract/socket.ts';
import type { ConsoleNamespace } from './socket-server.ts';

const watchingSchema = z.record(z.string(), z.object({ typing: z.boolean() }));

/** Who looks at a ticket. Asks every server process; a person with two windows open is one viewer. */
export async function viewersOf(namespace: ConsoleNamespace, ticketId: string): Promise<Viewer[]> {
  const sockets = await namespace.in(rooms.ticket(ticketId)).fetchSockets();
  const viewers = new Map<string, Viewer>();
  for (const { data } of sockets) {
    const entry = watchingSchema.safeParse(data.watching).data?.[ticketId];
    if (!entry) continue;
    const typing = entry.typing || (viewers.get(data.operator.id)?.typing ?? false);
    viewers.set(data.operator.id, { operatorId: data.operator.id, name: data.operator.name, typing });
  }
  return [...viewers.values()];
}
