import type { ChatConnection } from '../connection/chat-connection.ts';
import type { ChatState } from './chat-state.ts';
import type { DeviceMemory } from './device-memory.ts';
import type { Store } from './store.ts';

/** What every part of the chat's behaviour works on. */
export interface ChatCore {
  /** Of the server that the script came from, without a slash at the end. */
  readonly origin: string;
  readonly store: Store<ChatState>;
  readonly connection: ChatConnection;
  readonly memory: DeviceMemory;
}
