import { sql } from 'kysely';
import type { City } from '../contract/city.ts';
import type { EmailAddress } from '../contract/email.ts';
import type { EmailPart } from '../contract/message.ts';
import type { Db } from '../database/database.ts';
import { answerSubject, mailboxOf } from './mailboxes.ts';

/** What an answer by mail would be, if its writer changed nothing. */
export interface AnswerDefaults {
  mailbox: City['mailboxes'][number];
  to: EmailAddress[];
  cc: EmailAddress[];
  subject: string;
  signature: string;
  /** The mail it answers; null before the first one. */
  answers: { messageId: string; internetMessageId: string | null; references: string[] } | null;
}

interface LastMail {
  message_id: string;
  mailbox: string;
  internet_message_id: string | null;
  references_ids: string[];
  reply_to: string | null;
  part: EmailPart;
}

/**
 * To whom an answer goes: whoever wrote last, at the address they want to be answered at, with everybody else that
 * their mail went to in copy, but for ourselves. A sender who could not be believed gets nothing but at the address
 * they claim.
 */
export async function answerDefaults(
  db: Db,
  city: City,
  ticket: { conversationId: string; number: number; subject: string | null; queueId: string | null },
  operatorName: string,
): Promise<AnswerDefaults> {
  const [last, address, queue] = await Promise.all([
    lastMail(db, ticket.conversationId),
    db
      .selectFrom('conversation')
      .select('address')
      .where('id', '=', ticket.conversationId)
      .executeTakeFirstOrThrow()
      .then((row) => row.address),
    db
      .selectFrom('queue')
      .select(['name', 'signature'])
      .where('id', '=', ticket.queueId ?? '')
      .executeTakeFirst(),
  ]);
  const ours = new Set(city.mailboxes.map((mailbox) => mailbox.address));
  const from = last?.part.from ?? { address, name: null };
  const to = answerTo(last, from);
  const others = last && last.part.sender !== 'failed' ? [...last.part.to, ...last.part.cc] : [];
  const cc = others.filter(
    (other, at) =>
      other.address !== to.address &&
      !ours.has(withoutTag(other.address)) &&
      others.findIndex(({ address: same }) => same === other.address) === at,
  );
  return {
    mailbox: mailboxOf(city, last?.mailbox),
    to: [to],
    cc,
    subject: answerSubject(ticket.subject ?? '', ticket.number),
    signature: filled(queue?.signature ?? '', {
      'operator.name': operatorName,
      'queue.name': queue?.name.es ?? '',
      'city.name': city.name,
    }),
    answers: last
      ? {
          messageId: last.message_id,
          internetMessageId: last.internet_message_id,
          references: [...last.references_ids, ...(last.internet_message_id ? [last.internet_message_id] : [])],
        }
      : null,
  };
}

function answerTo(last: LastMail | undefined, from: EmailAddress): EmailAddress {
  if (!last?.reply_to || last.part.sender === 'failed' || last.reply_to === from.address) return from;
  return { address: last.reply_to, name: from.name };
}

/** The last mail that a person wrote to us in this conversation. */
async function lastMail(db: Db, conversationId: string): Promise<LastMail | undefined> {
  const { rows } = await sql<LastMail>`
    select e.message_id, e.mailbox, e.internet_message_id, e.references_ids, e.reply_to, p.part
    from message m join email e on e.message_id = m.id
    cross join lateral (select part from jsonb_array_elements(m.parts) as part where part->>'type' = 'email' limit 1) p
    where m.conversation_id = ${conversationId} and m.direction = 'in' and p.part->>'automatic' is null
    order by m.seq desc limit 1`.execute(db);
  return rows[0];
}

const withoutTag = (address: string): string => address.replace(/\+[^@]*@/, '@');

const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => values[name] ?? '').trim();
