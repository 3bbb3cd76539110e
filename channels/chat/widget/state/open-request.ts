import type { Message } from '../../../../server/contract/message.ts';
import type { ConversationLog } from './conversation-log.ts';

export interface OpenRequest {
  messageId: string;
  wants: 'place' | 'photo';
}

/** What the city asked for last, unless the resident has said anything since. */
export function openRequest({ messages, pending }: Pick<ConversationLog, 'messages' | 'pending'>): OpenRequest | null {
  if (pending.length > 0) return null;
  const wanted = ({ parts }: Message) => parts.find((part) => part.type === 'request');
  const last = messages.findLast((message) => message.direction === 'in' || wanted(message));
  const request = last?.direction === 'out' ? wanted(last) : null;
  return last && request ? { messageId: last.id, wants: request.wants } : null;
}
