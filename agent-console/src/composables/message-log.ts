import type { Message } from '../../../server/contract/message.ts';

/** Messages of one conversation as far as they are known here: ascending by seq, each once. */
export type MessageLog = Message[];

/** The log with `incoming` in it; a message that is there already is replaced by its newer copy. */
export function merge(log: MessageLog, incoming: readonly Message[]): MessageLog {
  const bySeq = new Map(log.map((message) => [message.seq, message]));
  for (const message of incoming) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The seq up to which nothing is missing behind the log's first message; 0 for an empty log. */
export function contiguousUntil(log: MessageLog): number {
  let last = log[0]?.seq ?? 0;
  for (const message of log) {
    if (message.seq > last + 1) break;
    last = message.seq;
  }
  return last;
}

/** Whether `message` follows the log without leaving a hole. */
export function follows(log: MessageLog, message: Message): boolean {
  return log.length === 0 || message.seq <= contiguousUntil(log) + 1;
}
