import type { Logger } from 'pino';
import type { z } from 'zod';
import { AppError, errorMessage, type Locale } from '../contract/errors.ts';

interface AnsweredSocket {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
}

export interface Answering {
  /** Of whoever asks, now. */
  locale(): Locale;
  log: Logger;
  /** Before anything is looked at. @throws AppError `rate_limited` */
  meter?(event: string): void;
}

/**
 * Answers a connection's events by their ack, if it gave one. Nothing a client sends, and no database that is away,
 * can throw into the process.
 */
export function answerEvents<Event extends string>(socket: unknown, { locale, log, meter }: Answering) {
  return <S extends z.ZodType>(event: Event, schema: S, handle: (data: z.output<S>) => Promise<object>): void => {
    const listener = async (...args: unknown[]) => {
      const last = args.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: object) => void) : () => {};
      try {
        meter?.(event);
        const parsed = schema.safeParse(typeof args[0] === 'function' ? undefined : args[0]);
        if (!parsed.success) throw new AppError('invalid_input');
        ack({ ok: true, ...(await handle(parsed.data)) });
      } catch (error) {
        const { code, details } = error instanceof AppError ? error : new AppError('unavailable');
        if (code === 'unavailable') log.warn({ err: error, event }, 'a socket event failed');
        ack({ ok: false, error: { code, message: errorMessage(code, locale(), details) } });
      }
    };
    (socket as AnsweredSocket).on(event, (...args) => void listener(...args));
  };
}
