import { shallowRef } from 'vue';
import type { Command } from './command.ts';

/** Commands of a part of the console that is loaded when it is needed; they go before the others. */
export const lateCommands = shallowRef<readonly Command[]>([]);
