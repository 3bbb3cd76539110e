import type { AppContext } from '../context.ts';
import { rooms } from '../contract/socket.ts';
import type { ConsoleNamespace } from './socket-server.ts';

/** Tells both that something was written or read between them, without a word of it: each asks for it. */
export function pushTeam({ bus }: Pick<AppContext, 'bus'>, namespace: ConsoleNamespace): void {
  bus.subscribe('team.written', ({ fromId, toId }) => {
    namespace.to(rooms.operator(fromId)).emit('team', { withId: toId });
    namespace.to(rooms.operator(toId)).emit('team', { withId: fromId });
  });
}
