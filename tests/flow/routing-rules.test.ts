import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OfferReason } from '../../server/contract/routing.ts';
import { presentEvent } from '../../server/conversations/change-ticket.ts';
import { acceptOffer } from '../../server/routing/offers.ts';
import { openOverflow } from '../../server/routing/overflow.ts';
import { setPresence } from '../../server/routing/presence.ts';
import { route } from '../../server/routing/route.ts';
import { plansOf } from '../support/query-plans.ts';
import { LEASE_SECONDS, openRoutingFloor, type RoutingFloor } from '../support/routing-floor.ts';

let floor: RoutingFloor;
beforeAll(async () => {
  floor = await openRoutingFloor(['general', 'tramites']);
  await floor.rule({
    skills: [
      {
        id: 'ingles',
        title: { es: 'Inglés', en: 'English' },
        kind: 'language',
        neededBy: ['en'],
        relaxAfterSeconds: 60,
      },
    ],
    weights: { email: 0.5 },
    unitsBesideCall: 1,
    sticky: { seconds: 20, withinHours: 24 },
  });
});
beforeEach(async () => {
  await floor.clear();
  await floor.overflow('general', { queueIds: [], afterSeconds: null, whenNobody: false });
});
afterAll(() => floor?.close());

const drain = async () => {
  while ((await floor.unitOfWork((unit) => route(unit, floor.rules))) > 0);
};
/** Who is being asked, by ticket. */
async function asked(): Promise<Record<string, string>> {
  await drain();
  const offers = await floor.database.db.selectFrom('offer').selectAll().where('outcome', 'is', null).execute();
  return Object.fromEntries(offers.map((offer) => [offer.ticket_id, offer.operator_id]));
}
async function accepts(operatorId: string): Promise<void> {
  const offer = await floor.database.db
    .selectFrom('offer')
    .select('id')
    .where('operator_id', '=', operatorId)
    .where('outcome', 'is', null)
    .executeTakeFirstOrThrow();
  const author = { type: 'operator' as const, id: operatorId, name: operatorId };
  await floor.unitOfWork((unit) => acceptOffer(unit, floor.say, offer.id, author));
}
async function whyOf(ticketId: string): Promise<OfferReason> {
  const event = await floor.database.db
    .selectFrom('ticket_event')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('type', '=', 'offered')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return presentEvent(event).data.why as OfferReason;
}
/** Looks at the queue that were promised for later, in seconds from now. */
async function promisedLooks(): Promise<number[]> {
  const rows = await floor.database.db
    .selectFrom('outbox')
    .select('run_at')
    .where('job', '=', 'tickets.route')
    .where('run_at', 'is not', null)
    .execute();
  return rows.map(({ run_at: at }) => Math.round(((at?.getTime() ?? 0) - floor.clock.now().getTime()) / 1_000));
}

test('a need relaxes at the moment that was promised, and the story tells both', async () => {
  await floor.addOperator('beto', 2, ['general']);
  const ticket = await floor.arrive('general', 2, { locale: 'en' });
  expect(await promisedLooks()).toContain(60);
  floor.clock.advance(59);
  expect(await asked()).toEqual({});
  floor.clock.advance(1);
  expect(await asked()).toEqual({ [ticket]: 'beto' });
  expect(await whyOf(ticket)).toMatchObject({ by: 'idle', skills: [], relaxed: ['ingles'] });
});

test('who speaks it is asked before the longest idle, relaxed or not', async () => {
  await floor.addOperator('beto', 2, ['general']);
  floor.clock.advance(30);
  await floor.addOperator('ana', 2, ['general'], ['ingles']);
  const first = await floor.arrive('general', 2, { locale: 'en' });
  expect(await asked()).toEqual({ [first]: 'ana' });
  expect(await whyOf(first)).toMatchObject({ by: 'idle', skills: ['ingles'], relaxed: [] });
});

test('mail is offered once nobody live waits, and takes half a place', async () => {
  await floor.addOperator('ana', 1, ['general']);
  const letter = await floor.arrive('general', 2, { by: 'email' });
  const second = await floor.arrive('general', 2, { by: 'email' });
  floor.clock.advance(3_600);
  const chat = await floor.arrive('general', 2);
  expect(await asked()).toEqual({ [chat]: 'ana' });
  await floor.unitOfWork((unit) => setPresence(unit, 'ana', 'away', 'self', LEASE_SECONDS));
  await floor.addOperator('beto', 1, ['general']);
  expect(await asked()).toEqual({ [chat]: 'beto' });
  await floor.addOperator('carmen', 1, ['general']);
  expect(await asked()).toEqual({ [chat]: 'beto', [letter]: 'carmen' });
  await accepts('carmen');
  expect(await asked()).toEqual({ [chat]: 'beto', [second]: 'carmen' });
});

test('what is urgent waits for nobody, though it came by mail', async () => {
  await floor.addOperator('ana', 1, ['general']);
  await floor.arrive('general', 2);
  const danger = await floor.arrive('general', 0, { by: 'email' });
  expect(await asked()).toEqual({ [danger]: 'ana' });
});

test('a call leaves room for what the rule says, and for no second call', async () => {
  await floor.addOperator('ana', 4, ['general']);
  await floor.unitOfWork((unit) => setPresence(unit, 'ana', 'available', 'self', LEASE_SECONDS, true));
  const call = await floor.arrive('general', 2, { by: 'voice' });
  expect(await asked()).toEqual({ [call]: 'ana' });
  await accepts('ana');
  await floor.arrive('general', 1, { by: 'voice' });
  const chat = await floor.arrive('general', 2);
  expect(await asked()).toEqual({ [chat]: 'ana' });
  await accepts('ana');
  await floor.arrive('general', 2);
  expect(await asked()).toEqual({});
});

test('who had them last is asked, and waited for only while they are there', async () => {
  await floor.addOperator('ana', 1, ['general']);
  const first = await floor.arrive('general', 2, { from: 'lupe' });
  await drain();
  await accepts('ana');
  await floor.database.db
    .updateTable('ticket')
    .set({ state: 'closed', closed_at: floor.clock.now() })
    .where('id', '=', first)
    .execute();
  await floor.addOperator('beto', 1, ['general']);
  const other = await floor.arrive('general', 1);
  await floor.unitOfWork((unit) => setPresence(unit, 'beto', 'away', 'self', LEASE_SECONDS));
  expect(await asked()).toEqual({ [other]: 'ana' });
  await accepts('ana');
  await floor.unitOfWork((unit) => setPresence(unit, 'beto', 'available', 'self', LEASE_SECONDS));

  const again = await floor.arrive('general', 2, { from: 'lupe' });
  expect(await promisedLooks()).toContain(20);
  expect(await asked(), 'Ana is there, and has no room').toEqual({});
  floor.clock.advance(20);
  expect(await asked()).toEqual({ [again]: 'beto' });
  expect((await whyOf(again)).by).toBe('idle');
});

test('people of another queue help after a time, at once when the queue is deserted, or when a supervisor says so', async () => {
  await floor.addOperator('carmen', 4, ['tramites']);
  await floor.addOperator('ana', 1, ['general']);
  await floor.overflow('general', { queueIds: ['tramites'], afterSeconds: 90, whenNobody: true });
  const first = await floor.arrive('general', 2);
  const second = await floor.arrive('general', 2);
  expect(await promisedLooks()).toContain(90);
  expect(await asked()).toEqual({ [first]: 'ana' });
  floor.clock.advance(90);
  expect(await asked()).toEqual({ [first]: 'ana', [second]: 'carmen' });
  expect((await whyOf(second)).by).toBe('overflow');
  await accepts('carmen');
  await floor.unitOfWork((unit) => setPresence(unit, 'ana', 'away', 'self', LEASE_SECONDS));
  expect(await asked(), 'nobody of its own is there').toEqual({ [first]: 'carmen' });
  await accepts('carmen');

  await floor.unitOfWork((unit) => setPresence(unit, 'ana', 'available', 'self', LEASE_SECONDS));
  await floor.overflow('general', { queueIds: [], afterSeconds: null, whenNobody: false });
  const third = await floor.arrive('general', 2);
  const fourth = await floor.arrive('general', 2);
  expect(await asked()).toEqual({ [third]: 'ana' });
  await floor.unitOfWork((unit) => openOverflow(unit, 'general', 600));
  expect(await asked()).toEqual({ [third]: 'ana', [fourth]: 'carmen' });
});

test('a thousand letters neither hide the chat behind them nor slow the look for it', async () => {
  await floor.addOperator('ana', 1, ['general']);
  const { db } = floor.database;
  const sample = await floor.arrive('general', 2, { by: 'email' });
  const {
    conversation_id: _,
    id: __,
    number: ___,
    ...like
  } = await db.selectFrom('ticket').selectAll().where('id', '=', sample).executeTakeFirstOrThrow();
  await floor.database.pool.query(
    `with copied as (
       insert into conversation select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'address', n))).*
       from conversation c, generate_series(1, 1200) n where c.citizen_id = $1 returning id)
     insert into ticket overriding system value select (jsonb_populate_record(t, jsonb_build_object(
       'id', gen_random_uuid(), 'conversation_id', copied.id, 'number', nextval(pg_get_serial_sequence('ticket', 'number')))
       || case when copied.id::text < '8' then '{}' else '{"queue_id": "tramites", "channel": "whatsapp"}'::jsonb end)).*
     from ticket t, copied where t.id = $2`,
    [like.citizen_id, sample],
  );
  await floor.database.pool.query('analyze ticket');
  floor.clock.advance(60);
  const chat = await floor.arrive('general', 2);
  const plans = await plansOf(floor.database, /with lane/, async () => {
    expect(await asked()).toEqual({ [chat]: 'ana' });
  });
  expect(plans[0]?.plan).toContain('ticket_lane');
  expect(plans[0]?.plan).toContain('ticket_reserved');
});
