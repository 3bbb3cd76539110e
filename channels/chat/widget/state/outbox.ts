import type { PendingMessage } from './conversation-log.ts';
import type { DeviceMemory } from './device-memory.ts';

/**
 * Unsent messages on this device. Every change reads what is stored first, because another tab of the same site
 * may have written meanwhile.
 */
export interface Outbox {
  list(): PendingMessage[];
  add(message: PendingMessage): void;
  remove(clientIds: readonly string[]): void;
}

export function createOutbox(memory: DeviceMemory): Outbox {
  const list = () => memory.get('outbox') ?? [];
  const save = (messages: PendingMessage[]) => memory.set('outbox', messages.length > 0 ? messages : null);
  return {
    list: () => list().map((message) => ({ ...message, state: 'waiting', error: null })),
    add: (message) => save([...list(), message]),
    remove(clientIds) {
      const all = list();
      const kept = all.filter(({ clientId }) => !clientIds.includes(clientId));
      if (kept.length < all.length) save(kept);
    },
  };
}
