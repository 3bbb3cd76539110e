import type { EventBus } from '../../event-bus.ts';

/** Wakes whoever waits for something to be said to a contact, or to become of it. */
export interface News {
  /** Resolves with the first news since the last time, or when the time is up. */
  next(milliseconds: number): Promise<void>;
  stop(): void;
}

/** Listens from now on: what happens between this and the first `next` is not missed. */
export function listenForNews(bus: Pick<EventBus, 'subscribe'>, ticketId: string): News {
  let isNew = false;
  let wake = () => {};
  // Whatever is said changes the contact that it is said in.
  const stop = bus.subscribe('tickets.changed', (ids) => {
    if (!ids.includes(ticketId)) return;
    isNew = true;
    wake();
  });
  return {
    async next(milliseconds) {
      if (!isNew) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isNew = false;
    },
    stop,
  };
}
