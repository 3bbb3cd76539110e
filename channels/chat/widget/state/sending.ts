import type { ErrorCode } from '../../../../server/contract/error-catalogue.ts';
import type { ErrorBody } from '../../../../server/contract/errors.ts';
import type { Message, Part } from '../../../../server/contract/message.ts';
import type { ChatSend } from '../../../../server/contract/socket.ts';
import type { ChatCore } from './chat-core.ts';
import {
  markPending,
  nextToSend,
  type PendingMessage,
  withMessage,
  withoutPending,
  withPending,
} from './conversation-log.ts';
import { newId } from './new-id.ts';
import { createOutbox } from './outbox.ts';

export interface Sending {
  /** Keeps a message on the device first, then sends it as soon as the line allows. */
  write(parts: Part[]): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** Takes up what an earlier visit left unsent. */
  restore(): void;
  /** Sends what waits, in order: the line is up. */
  resume(): void;
  /** Removes from the device what is known to be stored. */
  tidy(): void;
}

const RETRY_AFTER_SECONDS = 3;

export function createSending({ store, connection, memory }: ChatCore): Sending {
  const outbox = createOutbox(memory);
  let paused = false;

  const log = () => store.get().log;

  async function flush(): Promise<void> {
    if (paused || store.get().line !== 'online') return;
    const message = nextToSend(log());
    if (!message) return;
    store.set({ log: markPending(log(), message.clientId, 'sending') });
    const answer = await connection.request('send', { clientId: message.clientId, parts: message.parts.map(toSend) });
    if (answer.ok) stored(message, answer.message);
    else if (isPassing(answer.error.code)) pause(message, answer.error);
    else if (answer.error.code === 'invalid_token') startOver(message, answer.error);
    else store.set({ log: markPending(log(), message.clientId, 'refused', answer.error) });
    return flush();
  }

  function stored({ clientId }: PendingMessage, message: Message): void {
    outbox.remove([clientId]);
    store.set({ log: withoutPending(withMessage(log(), message), clientId) });
  }

  function pause({ clientId }: PendingMessage, error: ErrorBody): void {
    // A missing line has a banner of its own; that one is going too fast is said here.
    const notice = error.code === 'rate_limited' ? error : store.get().notice;
    store.set({ log: markPending(log(), clientId, 'waiting'), notice });
    paused = true;
    setTimeout(
      () => {
        paused = false;
        void flush();
      },
      1_000 * Number(error.details?.seconds ?? RETRY_AFTER_SECONDS),
    );
  }

  /** The greeting of the next connection finds out, and gets a token that is good. */
  function startOver(message: PendingMessage, error: ErrorBody): void {
    pause(message, error);
    connection.restart();
  }

  return {
    write(parts) {
      const message: PendingMessage = {
        clientId: newId(),
        parts,
        writtenAt: new Date().toISOString(),
        state: 'waiting',
        error: null,
      };
      outbox.add(message);
      store.set({ log: withPending(log(), message) });
      void flush();
    },
    retry(clientId) {
      store.set({ log: markPending(log(), clientId, 'waiting') });
      void flush();
    },
    discard(clientId) {
      outbox.remove([clientId]);
      store.set({ log: withoutPending(log(), clientId) });
    },
    restore() {
      store.set({ log: outbox.list().reduce(withPending, log()) });
    },
    resume() {
      paused = false;
      void flush();
    },
    tidy() {
      outbox.remove(log().messages.flatMap(({ clientId }) => clientId ?? []));
    },
  };
}

/** A refusal that says "not now" rather than "not this". */
function isPassing(code: ErrorCode): boolean {
  return code === 'unavailable' || code === 'rate_limited';
}

function toSend(part: Part): ChatSend['parts'][number] {
  if (part.type === 'media') return { type: 'media', attachmentId: part.attachmentId };
  if (part.type === 'text' || part.type === 'choice' || part.type === 'location') return part;
  throw new Error(`A resident cannot send a part of type ${part.type}`);
}
