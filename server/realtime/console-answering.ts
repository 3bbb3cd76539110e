import type { Logger } from 'pino';
import type { ConsoleClientEvents } from '../contract/socket.ts';
import { answerEvents } from './answer-events.ts';
import type { ConsoleSocket } from './socket-server.ts';

/** Answers an operator's events by their ack. */
export const consoleAnswering = (socket: ConsoleSocket, log: Logger) =>
  answerEvents<keyof ConsoleClientEvents>(socket, { locale: () => socket.data.operator.locale, log });
