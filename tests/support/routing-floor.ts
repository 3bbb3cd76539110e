import { sql } from 'kysely';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { addSeconds, type Clock } from '../../server/clock.ts';
import type { ChannelName } from '../../server/contract/channel.ts';
import { NO_OVERFLOW, type Overflow, routingSettingsSchema } from '../../server/contract/routing.ts';
import { lockTicket, systemActor } from '../../server/conversations/change-ticket.ts';
import { createSay } from '../../server/conversations/say.ts';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { json } from '../../server/database/json.ts';
import { createUnitOfWork, type UnitOfWork } from '../../server/database/unit-of-work.ts';
import { createEventBus } from '../../server/event-bus.ts';
import { storeArrivals } from '../../server/ingest/store-arrivals.ts';
import { setPresence } from '../../server/routing/presence.ts';
import { queueTicket } from '../../server/routing/queue-ticket.ts';
import { createQueue } from '../../server/routing/queues.ts';
import type { RoutingRules } from '../../server/routing/route.ts';
import { saveRoutingSettings } from '../../server/routing/routing-settings.ts';
import { setSkills } from '../../server/routing/skills.ts';
import { sampleCity } from './sample-city.ts';
import { createDatabase } from './services.ts';

export const COOLDOWN_SECONDS = 60;
export const OFFER_SECONDS = 20;
export const LEASE_SECONDS = 1_000_000;

export interface Arrival {
  by?: ChannelName;
  locale?: 'es' | 'en';
  /** Somebody who has been here before comes from the same address. */
  from?: string;
}

/** Routing on a real database with a clock that tests move, and no job store: the test itself decides what runs when. */
export interface RoutingFloor {
  database: Database;
  unitOfWork: UnitOfWork;
  say: ReturnType<typeof createSay>;
  rules: RoutingRules;
  clock: Clock & { advance(seconds: number): void };
  /** Rules from now on. */
  rule(settings: z.input<typeof routingSettingsSchema>): Promise<void>;
  overflow(queueId: string, overflow: Overflow): Promise<void>;
  /** A resident asks for a person in `queueId`. @returns the ticket's id */
  arrive(queueId: string, priority: number, who?: Arrival): Promise<string>;
  addOperator(id: string, capacity: number, queueIds: string[], skillIds?: string[]): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const alwaysOpen = {
  closedOnHolidays: false,
  exceptions: [],
  days: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
} as never;

export async function openRoutingFloor(queueIds: string[]): Promise<RoutingFloor> {
  const owned = await createDatabase();
  const database = await openDatabase(owned.url);
  const city = await sampleCity();
  let now = new Date('2026-11-23T15:00:00Z');
  const clock = {
    now: () => now,
    advance(seconds: number) {
      now = addSeconds(now, seconds);
    },
  };
  const unitOfWork = createUnitOfWork(database, createEventBus(pino({ level: 'silent' })), clock, () => {});
  const say = createSay(() => ({ delivery: 'cursor', notices: true }), { isOpen: () => true });

  await unitOfWork(async (unit) => {
    await sql`insert into channel_account (id, channel, name, created_at) values ('memory', 'memory', 'Test', ${now})`.execute(
      unit.tx,
    );
    for (const [index, id] of queueIds.entries()) {
      await createQueue(unit, {
        id,
        name: { es: id, en: id },
        hours: alwaysOpen,
        serviceLevelTarget: 0.8,
        serviceLevelSeconds: 60,
        offerSeconds: OFFER_SECONDS,
        priority: 2,
        isDefault: index === 0,
        reopenDays: 7,
        signature: '',
        protected: false,
        overflow: NO_OVERFLOW,
        operatorIds: [],
      });
    }
  });

  const rules = {
    openQueues: async () => queueIds,
    declineCooldownSeconds: COOLDOWN_SECONDS,
    settings: routingSettingsSchema.parse({}),
  };
  return {
    database,
    unitOfWork,
    say,
    clock,
    rules,
    async rule(settings) {
      rules.settings = await unitOfWork((unit) => saveRoutingSettings(unit, routingSettingsSchema.parse(settings)));
    },
    async overflow(queueId, overflow) {
      await database.db
        .updateTable('queue')
        .set({ overflow: json(overflow) })
        .where('id', '=', queueId)
        .execute();
    },
    arrive: (queueId, priority, { by = 'memory', locale = 'es', from } = {}) =>
      unitOfWork(async (unit) => {
        const externalId = uuid();
        const [receipt] = await storeArrivals(
          unit,
          [
            {
              accountId: 'memory',
              channel: 'memory',
              capabilities: { delivery: 'push', settleSeconds: 0, windowHours: null },
              event: {
                type: 'message',
                externalId,
                from: { address: from ?? externalId },
                parts: [{ type: 'text', text: 'una persona, por favor' }],
              },
            },
          ],
          { city, acknowledge: async () => {}, heedWishes: async () => {} },
        );
        const { ticketId } = receipt ?? {};
        // Somebody else has their conversation at this moment: an arrival that comes to nothing.
        if (!ticketId) return '';
        const opened = await lockTicket(unit.tx, ticketId);
        // Theirs is in the queue already, or with somebody.
        if (opened.state !== 'bot') return opened.id;
        await unit.tx.updateTable('ticket').set({ channel: by }).where('id', '=', ticketId).execute();
        const ticket = await lockTicket(unit.tx, ticketId);
        await unit.tx.updateTable('conversation').set({ locale }).where('id', '=', ticket.conversation_id).execute();
        await queueTicket(unit, ticket, { queueId, priority, event: { type: 'queued', actor: systemActor } });
        return ticket.id;
      }),
    addOperator: (id, capacity, members, skillIds = []) =>
      unitOfWork(async (unit) => {
        const { tx } = unit;
        await sql`insert into operator (id, name, email, role, capacity, created_at, updated_at)
          values (${id}, ${id}, ${`${id}@example.org`}, 'operator', ${capacity}, ${now}, ${now})`.execute(tx);
        for (const queueId of members) {
          await tx.insertInto('queue_operator').values({ queue_id: queueId, operator_id: id }).execute();
        }
        await setSkills(unit, id, skillIds);
        await setPresence(unit, id, 'available', 'self', LEASE_SECONDS);
      }),
    async clear() {
      await sql`truncate message, ticket_event, offer, ticket, conversation, identity, citizen, presence, operator,
        queue_operator, outbox cascade`.execute(database.db);
    },
    async close() {
      await database.close();
      await owned.drop();
    },
  };
}
