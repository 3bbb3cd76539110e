import type { EmailAddress } from '../../../server/contract/email.ts';
import type { Attachment } from '../../../server/contract/http.ts';
import { caseDraftKey, caseTextKey } from './case-draft-storage.ts';
import type { Insertion } from './suggestion-use.ts';
import { teachingKey } from './teaching-storage.ts';

/** Where an answer by mail is to go, once the operator has changed it. */
export interface MailDraft {
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  quote: boolean;
}

/** A template being filled in; `id` empty: none chosen yet. */
export interface TemplateDraft {
  id: string;
  variables: string[];
}
export const blankTemplate = (): TemplateDraft => ({ id: '', variables: [] });

/** What an operator has written for a ticket and not sent: a reply and a note, each on its own. */
export interface Draft {
  reply: string;
  note: string;
  mode: 'reply' | 'note';
  attachments: Attachment[];
  /** Null: as the server proposes. */
  email: MailDraft | null;
  /** Kept apart from the words, so that one never costs the other. `wanted`: it goes though words could. */
  template: (TemplateDraft & { wanted: boolean }) | null;
  /** The suggestion that the reply was begun with. */
  inserted: Insertion | null;
}

/** From now on a template is written, where nothing else says so. */
export function wantTemplate(draft: Draft, filled?: TemplateDraft): void {
  draft.template = { ...(filled ?? draft.template ?? blankTemplate()), wanted: true };
}

const key = (operatorId: string, ticketId: string) => `console:draft:${operatorId}:${ticketId}`;

/** Where what was sent waits for the server's word. */
export const outboxKey = (operatorId: string) => `console:outbox:${operatorId}`;

const blank = (): Draft => ({
  reply: '',
  note: '',
  mode: 'reply',
  attachments: [],
  email: null,
  template: null,
  inserted: null,
});

export function readDraft(operatorId: string, ticketId: string): Draft {
  try {
    return { ...blank(), ...JSON.parse(localStorage.getItem(key(operatorId, ticketId)) ?? '{}') };
  } catch {
    return blank();
  }
}

export function isBlank(draft: Draft): boolean {
  const { reply, note, attachments, email, template } = draft;
  const filled = template?.variables.some((value) => value !== '') ?? false;
  return reply === '' && note === '' && attachments.length === 0 && email === null && !filled;
}

export function writeDraft(operatorId: string, ticketId: string, draft: Draft): void {
  if (isBlank(draft)) localStorage.removeItem(key(operatorId, ticketId));
  else localStorage.setItem(key(operatorId, ticketId), JSON.stringify(draft));
}

/** Removes from this browser all that an operator wrote and the server does not have. */
export function forgetWritten(operatorId: string): void {
  const prefixes = [
    key(operatorId, ''),
    outboxKey(operatorId),
    teachingKey(operatorId),
    caseDraftKey(operatorId, ''),
    caseTextKey(operatorId, ''),
  ];
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
  for (const each of keys) if (prefixes.some((prefix) => each.startsWith(prefix))) localStorage.removeItem(each);
}
