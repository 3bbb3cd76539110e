import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Bot } from '../../server/contract/bot.ts';
import type { Receipt } from '../../server/contract/channel.ts';
import type { Message, Part } from '../../server/contract/message.ts';
import { lockContact } from '../../server/conversations/lock-contact.ts';
import type { Utterance } from '../../server/conversations/say.ts';
import { sendQueued } from '../../server/delivery/deliver.ts';
import { sendAgain } from '../../server/delivery/send-again.ts';
import { type ContactCentre, type ContactCentreOptions, startContactCentre } from '../support/contact-centre.ts';
import { startRedis } from '../support/redis.ts';
import type { Said, Subject } from './subject.ts';

export const backends = ['PostgreSQL', 'Redis'] as const;
export type Backend = (typeof backends)[number];

/** A server with the channel plugged in, and somebody who looks at the database from outside. */
export interface Bench<Raw> {
  centre: ContactCentre;
  subject: Subject<Raw>;
  /** A connection of its own: what it sees is committed. */
  outside: pg.Client;
  /** The raw input arrives. */
  receive(raw: Raw): Promise<Receipt[]>;
  said(from?: string, text?: string): Said;
  /** The city says something in a conversation. */
  say(conversationId: string, parts: Part[]): Promise<Message>;
  /** A worker gets the job of a message, once more. */
  work(messageId: string): Promise<void>;
  /** Somebody has what failed sent once more. */
  again(messageId: string): Promise<void>;
  rows(statement: string, values?: unknown[]): Promise<pg.QueryResultRow[]>;
  stored(conversationId: string): Promise<pg.QueryResultRow[]>;
  close(): Promise<void>;
}

/** Says nothing, so that what the suite counts is the channel's doing. */
const silentBot: Bot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

export async function openBench<Raw>(
  backend: Backend,
  plug: (centre: ContactCentre) => Promise<Subject<Raw>>,
  settings: ContactCentreOptions['settings'],
): Promise<Bench<Raw>> {
  const redis = backend === 'Redis' ? await startRedis() : null;
  const centre = await startContactCentre({
    bot: silentBot,
    settings: { ...settings, ...(redis ? { REDIS_URL: redis.url } : {}) },
  });
  const { context } = centre.server;
  const subject = await plug(centre);
  const outside = new pg.Client({ connectionString: centre.databaseUrl });
  await outside.connect();
  const rows = async (statement: string, values: unknown[] = []) => (await outside.query(statement, values)).rows;
  return {
    centre,
    subject,
    outside,
    rows,
    receive: (raw) => context.ingest.receive(subject.accountId, subject.channel, raw, subject.line),
    said: (from = subject.address(), text = 'Hay un bache') => ({ from, id: randomUUID(), text }),
    stored: (conversationId) =>
      rows('select id, seq, parts, status from message where conversation_id = $1 order by seq', [conversationId]),
    async say(conversationId, parts) {
      const author = { type: 'system', id: null, name: null } as const;
      const utterance: Utterance = { author, parts, externalId: randomUUID() };
      const open = `select id from ticket where conversation_id = $1 and state <> 'closed'`;
      const [ticket] = await rows(open, [conversationId]);
      const [message] = await context.unitOfWork(async (unit) => {
        const contact = await lockContact(unit, ticket?.id);
        return context.say(unit, contact.conversation, contact.ticket, [utterance]);
      });
      return message as Message;
    },
    work: (messageId) => sendQueued({ ...context, db: context.database.db }, messageId),
    again: (messageId) =>
      context.unitOfWork(async (unit) => {
        await sendAgain(unit, { id: messageId });
      }),
    async close() {
      await outside.end();
      subject.close?.();
      await centre.stop();
      await redis?.stop();
    },
  };
}
