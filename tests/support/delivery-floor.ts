import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createMemoryChannel } from '../../channels/memory/memory-channel.ts';
import { addSeconds } from '../../server/clock.ts';
import type { Capabilities, InboundStatus, OutboundMessage, SendResult } from '../../server/contract/channel.ts';
import type { Message, Part } from '../../server/contract/message.ts';
import { lockConversations } from '../../server/conversations/append-messages.ts';
import { createSay } from '../../server/conversations/say.ts';
import { type Db, openDatabase } from '../../server/database/database.ts';
import { createUnitOfWork } from '../../server/database/unit-of-work.ts';
import { sendQueued } from '../../server/delivery/deliver.ts';
import { findOverdue } from '../../server/delivery/find-overdue.ts';
import { recordReport } from '../../server/delivery/record-report.ts';
import { sendAgain } from '../../server/delivery/send-again.ts';
import { createTraffic } from '../../server/delivery/traffic.ts';
import { createEventBus } from '../../server/event-bus.ts';
import { createDatabase } from './services.ts';

const ACCOUNT = 'memory';

/** Delivery on a real database, without workers: nothing leaves unless the test has it leave. */
export interface DeliveryFloor {
  db: Db;
  pass(seconds: number): void;
  /** Somebody who can be written to. */
  conversation(): Promise<string>;
  say(conversationId: string, parts: Part[]): Promise<Message>;
  /** A worker gets the job of a message. */
  work(messageId: string): Promise<void>;
  report(report: Omit<InboundStatus, 'type'>): Promise<void>;
  /** Somebody has a failed message sent again. False where it has not failed. */
  retry(messageId: string): Promise<boolean>;
  /** What the reconciler would send now. */
  overdue(): Promise<string[]>;
  close(): Promise<void>;
}

/** @param send the wire; what it throws is a fault of the network */
export async function openDeliveryFloor(
  like: Partial<Capabilities>,
  send: (message: OutboundMessage) => Promise<SendResult>,
): Promise<DeliveryFloor> {
  const owned = await createDatabase();
  const database = await openDatabase(owned.url);
  const { db } = database;
  let now = new Date('2026-11-26T16:00:00Z');
  const clock = { now: () => now };
  const log = pino({ level: 'silent' });
  const unitOfWork = createUnitOfWork(database, createEventBus(log), clock, () => {});
  const channel = { ...createMemoryChannel('memory', like), send };
  const always = { isOpen: () => true, mayLeave: () => true };
  const say = createSay(() => channel.capabilities, always);
  const traffic = createTraffic(
    clock,
    () => undefined,
    () => 0,
  );
  const deps = {
    db,
    unitOfWork,
    channels: new Map([['memory', channel as never]] as const),
    windows: always,
    traffic,
    pulse: { sent: () => {} },
    clock,
    log,
    city: { timeZone: 'America/Mexico_City' },
    desk: { phrase: () => '—' },
  };
  await db
    .insertInto('channel_account')
    .values({ id: ACCOUNT, channel: 'memory', name: 'Memory', created_at: now })
    .execute();

  return {
    db,
    pass(seconds) {
      now = addSeconds(now, seconds);
    },
    async conversation() {
      const [id, citizenId, address] = [randomUUID(), randomUUID(), randomUUID()];
      const times = { created_at: now, updated_at: now };
      await db
        .insertInto('citizen')
        .values({ id: citizenId, locale: 'es', ...times })
        .execute();
      const cursors = { last_seq: 0, citizen_delivered: 0, citizen_read: 0, city_delivered: 0, city_read: 0 };
      await db
        .insertInto('conversation')
        .values({
          id,
          citizen_id: citizenId,
          channel_account_id: ACCOUNT,
          channel: 'memory',
          address,
          thread: '',
          locale: 'es',
          ...cursors,
          ...times,
        })
        .execute();
      return id;
    },
    async say(conversationId, parts) {
      const [message] = await unitOfWork(async (unit) => {
        const conversation = (await lockConversations(unit.tx, [conversationId])).get(conversationId);
        if (!conversation) throw new Error(`There is no conversation ${conversationId}`);
        const author = { type: 'bot', id: null, name: null } as const;
        return say(unit, conversation, null, [{ author, parts, externalId: randomUUID() }]);
      });
      return message as Message;
    },
    work: (messageId) => sendQueued(deps, messageId),
    report: (report) => recordReport(unitOfWork, ACCOUNT, { type: 'status', ...report }),
    retry: (messageId) =>
      unitOfWork(async (unit) => {
        const message = await unit.tx
          .selectFrom('message')
          .selectAll()
          .where('id', '=', messageId)
          .where('status', '=', 'failed')
          .forUpdate()
          .executeTakeFirst();
        if (message) await sendAgain(unit, message);
        return message !== undefined;
      }),
    overdue: () => findOverdue(db, now, now, 500),
    async close() {
      await database.close();
      await owned.drop();
    },
  };
}
