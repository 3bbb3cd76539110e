import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import type { DomainEvents } from './contract/events.ts';

export type EventName = keyof DomainEvents;

/** Tells listeners of this process what was committed. A listener that fails is logged and harms nobody. */
export interface EventBus {
  publish<N extends EventName>(name: N, payload: DomainEvents[N]): void;
  subscribe<N extends EventName>(name: N, listener: (payload: DomainEvents[N]) => void | Promise<void>): () => void;
}

export function createEventBus(log: Logger): EventBus {
  // Every caller who waits for the bot's words listens.
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (name, payload) => void emitter.emit(name, payload),
    subscribe(name, listener) {
      const guarded = async (payload: DomainEvents[typeof name]) => {
        try {
          await listener(payload);
        } catch (error) {
          log.error({ err: error, event: name }, 'event listener failed');
        }
      };
      emitter.on(name, guarded);
      return () => emitter.off(name, guarded);
    },
  };
}
