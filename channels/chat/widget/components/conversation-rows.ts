import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { Author, ChoiceOption, Message, Part } from '../../../../server/contract/message.ts';
import { type MessageStatus, statusOf } from '../../../../server/contract/message-status.ts';
import { dayName } from '../locales/times.ts';
import type { ConversationLog, PendingMessage } from '../state/conversation-log.ts';
import { type OpenRequest, openRequest } from '../state/open-request.ts';

/** How far a message of the resident has got. */
export type Mark = 'waiting' | 'sending' | 'refused' | 'stored' | 'delivered' | 'read' | 'failed';

export interface MessageRow {
  type: 'message';
  /** The same before and after it is stored, so that the screen keeps its place. */
  key: string;
  isMine: boolean;
  author: Author;
  parts: readonly Part[];
  at: string;
  /** First and last of what one author said in a row. */
  startsGroup: boolean;
  endsGroup: boolean;
  mark: Mark | null;
  pending: PendingMessage | null;
  /** What was picked of the quick answers offered here; `open`: they can still be picked. */
  answer: 'open' | ChoiceOption | null;
  /** What the resident is asked for here and has not given yet. */
  request: OpenRequest['wants'] | null;
}
export interface DayRow {
  type: 'day';
  key: string;
  label: string;
}
export type Row = MessageRow | DayRow;

const me: Author = { type: 'citizen', id: null, name: null };

/** The conversation as it is drawn, from top to bottom. */
export function conversationRows(log: ConversationLog, locale: Locale): Row[] {
  const asked = openRequest(log);
  const said = [...log.messages.map((message) => storedRow(message, log)), ...log.pending.map(pendingRow)];
  const answers = answersIn(said);
  const rows: Row[] = [];
  let previous: MessageRow | null = null;
  for (const row of said) {
    const day = dayName(row.at, locale);
    if (!previous || dayName(previous.at, locale) !== day) {
      rows.push({ type: 'day', key: `day ${row.at.slice(0, 10)} ${row.key}`, label: day });
      previous = null;
    }
    const continues = previous !== null && isSameSpeaker(previous, row);
    if (previous && continues) previous.endsGroup = false;
    row.startsGroup = !continues;
    row.answer = answers.get(row) ?? null;
    if (row.key === asked?.messageId) row.request = asked.wants;
    rows.push(row);
    previous = row;
  }
  return rows;
}

function storedRow(message: Message, log: ConversationLog): MessageRow {
  const isMine = message.direction === 'in';
  return {
    ...blank,
    key: (isMine && message.clientId) || message.id,
    isMine,
    author: message.author,
    parts: message.parts,
    at: message.createdAt,
    mark: isMine ? markOf(statusOf(message, log.cursors)) : null,
  };
}

function pendingRow(pending: PendingMessage): MessageRow {
  const { clientId: key, parts, writtenAt: at, state: mark } = pending;
  return { ...blank, key, isMine: true, author: me, parts, at, mark, pending };
}

const blank = {
  type: 'message',
  startsGroup: true,
  endsGroup: true,
  mark: null,
  pending: null,
  answer: null,
  request: null,
} as const;

function markOf(status: MessageStatus): Mark {
  return status === 'queued' || status === 'sent' ? 'stored' : status;
}

function isSameSpeaker(one: MessageRow, other: MessageRow): boolean {
  return one.isMine === other.isMine && one.author.type === other.author.type && one.author.name === other.author.name;
}

/** Quick answers can be picked until the resident says anything, be it one of them or not. */
function answersIn(said: readonly MessageRow[]): Map<MessageRow, MessageRow['answer']> {
  const answers = new Map<MessageRow, MessageRow['answer']>();
  let offered: MessageRow | null = null;
  for (const row of said) {
    if (row.parts.some(({ type }) => type === 'choices')) {
      if (offered) answers.set(offered, null);
      offered = row;
      answers.set(row, 'open');
    } else if (offered && row.isMine) {
      answers.set(offered, row.parts.find((part) => part.type === 'choice') ?? null);
      offered = null;
    }
  }
  return answers;
}
