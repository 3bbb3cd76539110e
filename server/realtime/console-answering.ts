import type { Logger } from 'pino';
import type { z } from 'zod';
import { AppError, errorMessage } from '../contract/errors.ts';
import type { ConsoleClientEvents } from '../contract/socket.ts';
import type { ConsoleSocket } from './socket-server.ts';

type Listen = <S extends z.ZodType>(
  event: keyof ConsoleClientEvents,
  schema: S,
  handle: (data: z.output<S>) => Promise<object>,
) => void;

/**
 * Answers an operator's events by their ack, if they gave one. Nothing a client sends, and no database that is away,
 * can throw into the process.
 */
export function consoleAnswering(socket: ConsoleSocket, log: Logger): Listen {
  return (event, schema, handle) => {
    const listener = async (...args: unknown[]) => {
      const last = args.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: object) => void) : () => {};
      try {
        const parsed = schema.safeParse(typeof args[0] === 'function' ? undefined : args[0]);
        if (!parsed.success) throw new AppError('invalid_input');
        ack({ ok: true, ...(await handle(parsed.data)) });
      } catch (error) {
        const { code } = error instanceof AppError ? error : new AppError('unavailable');
        if (code === 'unavailable') log.warn({ err: error, event }, 'console event failed');
        ack({ ok: false, error: { code, message: errorMessage(code, socket.data.operator.locale) } });
      }
    };
    (socket.on as (name: string, callback: typeof listener) => void).call(socket, event, listener);
  };
}
