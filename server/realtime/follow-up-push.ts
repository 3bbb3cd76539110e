import type { AppContext } from '../context.ts';
import type { DomainEvents } from '../contract/events.ts';
import { rooms } from '../contract/socket.ts';
import type { ConsoleNamespace } from './socket-server.ts';

/** Tells whose promises changed or are due, without a word of them: each asks for what they may see. */
export function pushFollowUps({ bus, database, log }: AppContext, namespace: ConsoleNamespace): void {
  async function tell({ followUpId, before }: DomainEvents['follow-up.changed']): Promise<void> {
    const row = await database.db
      .selectFrom('follow_up')
      .select(['operator_id as operatorId', 'queue_id as queueId', 'by_id as byId'])
      .where('id', '=', followUpId)
      .executeTakeFirst();
    const audience = [before, row].flatMap((whose) => [
      ...(whose?.operatorId ? [rooms.operator(whose.operatorId)] : []),
      ...(whose?.queueId ? [rooms.queue(whose.queueId), rooms.floor] : []),
    ]);
    if (row) audience.push(rooms.operator(row.byId));
    if (audience.length > 0) namespace.to([...new Set(audience)]).emit('follow-ups');
  }

  bus.subscribe('follow-up.changed', (changed) => {
    tell(changed).catch((error) => log.warn({ err: error }, 'follow-ups not told to the console'));
  });
}
