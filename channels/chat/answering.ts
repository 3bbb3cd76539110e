import type { z } from 'zod';
import { AppError, type ErrorBody, type ErrorCode, errorCodes, errorMessage } from '../../server/contract/errors.ts';
import { limits } from '../../server/contract/limits.ts';
import type { ChatClientEvents } from '../../server/contract/socket.ts';
import type { ChatSocket } from './sockets.ts';

type Listen = <S extends z.ZodType>(
  event: keyof ChatClientEvents,
  schema: S,
  handle: (data: z.output<S>) => Promise<object>,
) => void;

/**
 * Answers events by their ack: checks the shape, meters the sender, and turns every refusal into a code and a
 * sentence in the resident's language. Nothing a client sends can throw into the process.
 */
export function answering(socket: ChatSocket, meter: () => void, failed: (error: unknown) => void): Listen {
  return (event, schema, handle) => {
    const listener = async (...args: unknown[]) => {
      const last = args.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: object) => void) : () => {};
      try {
        meter();
        const parsed = schema.safeParse(typeof args[0] === 'function' ? {} : args[0]);
        if (!parsed.success) throw refusalOf(parsed.error);
        ack({ ok: true, ...(await handle(parsed.data)) });
      } catch (error) {
        if (!(error instanceof AppError)) failed(error);
        ack({ ok: false, error: explain(error, socket) });
      }
    };
    (socket.on as (name: string, callback: typeof listener) => void).call(socket, event, listener);
  };
}

/** A schema may name a code of the catalogue as its message. */
function refusalOf(error: z.ZodError): AppError {
  const messages = error.issues.map((issue) => issue.message);
  const code = errorCodes.find((candidate) => messages.includes(candidate)) ?? 'invalid_input';
  return new AppError(code, code === 'message_too_long' ? { max: limits.textLength } : undefined);
}

function explain(error: unknown, socket: ChatSocket): ErrorBody {
  const known = error instanceof AppError ? error : new AppError('unavailable', undefined, error);
  const code: ErrorCode = known.code;
  return {
    code,
    message: errorMessage(code, socket.data.locale, known.details),
    ...(known.details ? { details: known.details } : {}),
  };
}
