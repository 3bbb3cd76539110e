import type { ChatCore } from './chat-core.ts';
import { resumePoint, withCursors } from './conversation-log.ts';

/**
 * Reports how far messages have come on this screen, once each. `seen` says whether a person can see the newest:
 * chat open, page visible, list scrolled to its end.
 */
export function createReceipts({ store, connection }: ChatCore): (seen: boolean) => void {
  return (seen) => {
    const { log, line } = store.get();
    if (line !== 'online') return;
    const upTo = resumePoint(log);
    const isNew = upTo > log.cursors.citizenDelivered || (seen && upTo > log.cursors.citizenRead);
    if (!isNew) return;
    store.set({ log: withCursors(log, { citizenDelivered: upTo, ...(seen && { citizenRead: upTo }) }) });
    void connection.request('receipt', seen ? { delivered: upTo, read: upTo } : { delivered: upTo });
  };
}
