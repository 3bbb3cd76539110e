import type { Attachment, SendMessage } from '../../../server/contract/http.ts';

/** Something the operator sent that the server has not confirmed yet. */
export interface Unsent {
  clientId: string;
  ticketId: string;
  kind: 'reply' | 'note';
  text: string;
  attachments: Attachment[];
  /** By a conversation that a merged contact brought; absent: the contact's own. */
  conversationId?: string;
  /** Only of an answer by mail. */
  email?: SendMessage['email'];
  /** Instead of the text, which is what it says. */
  template?: SendMessage['template'];
  /** What the operator wrote, where `text` is its translation. */
  written?: SendMessage['written'];
  /** What became of what was suggested meanwhile. */
  suggestion?: SendMessage['suggestion'];
  at: string;
  /** waiting: goes out by itself once the server can be reached · refused: the operator decides */
  state: 'sending' | 'waiting' | 'refused';
  reason: string | null;
}
