import type { Message } from '../../../server/contract/message.ts';
import type { MessageLog } from './message-log.ts';

interface Log {
  messages: MessageLog;
  hasEarlier: boolean;
}

/** From when on everything of all conversations is here: of one with earlier pages, what comes before is not known. */
const startOf = (logs: readonly Log[]): string =>
  logs.reduce((start, { messages, hasEarlier }) => {
    const first = hasEarlier ? (messages[0]?.createdAt ?? '') : '';
    return first > start ? first : start;
  }, '');

/** Several conversations read as one, by time; each keeps its own order. */
export function oneLog(logs: readonly Log[]): { messages: readonly Message[]; hasEarlier: boolean } {
  const [only] = logs;
  if (only && logs.length === 1) return only;
  const start = startOf(logs);
  return {
    messages: logs
      .flatMap(({ messages }) => messages.filter((message) => message.createdAt >= start))
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0)),
    hasEarlier: logs.some(({ hasEarlier }) => hasEarlier),
  };
}

/** The conversation whose earlier page is wanted next: the one that is known least far back. */
export function leastKnown<L extends Log>(logs: readonly L[]): L | undefined {
  const start = startOf(logs);
  return logs.find(({ messages, hasEarlier }) => hasEarlier && (messages[0]?.createdAt ?? '') === start);
}
