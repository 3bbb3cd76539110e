import type { EventBus } from '../../event-bus.ts';

/** Told when something was said or a contact changed, whoever's: whoever waits looks again. */
export interface News {
  /** Resolves with the first news since the last call, or when the time is up. */
  next(milliseconds: number): Promise<void>;
  stop(): void;
}

/** Begin to listen before looking: what happens in between is not missed. */
export function listenForNews(bus: Pick<EventBus, 'subscribe'>, conversationId: string): News {
  let isNew = false;
  let wake = () => {};
  const leave = bus.subscribe('messages.stored', (stored) => {
    if (!stored.some(({ message }) => message.conversationId === conversationId && message.direction === 'out')) return;
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
    stop: leave,
  };
}
