import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { City } from '../../server/contract/city.ts';
import { listTicketsSchema } from '../../server/contract/inbox.ts';
import { permissionsOfBase } from '../../server/contract/permissions.ts';
import { createWindows } from '../../server/delivery/window.ts';
import type { Actor } from '../../server/operators/actor.ts';
import { countTickets, listTickets } from '../../server/operators/desk/list-tickets.ts';
import { openTicket } from '../../server/operators/desk/open-ticket.ts';
import { presentOperators } from '../../server/routing/present-operators.ts';
import { waitingTickets } from '../../server/routing/waiting-tickets.ts';
import { findAnything } from '../../server/search/find-anything.ts';
import { loadContacts } from '../bench/load/load-contacts.ts';
import { type Measured, readsOf } from '../support/query-plans.ts';
import { openRoutingFloor, type RoutingFloor } from '../support/routing-floor.ts';
import { sampleCity } from '../support/sample-city.ts';

const TICKETS = 20_000;
/** Of twenty thousand: what a list may read, to show fifty. */
const ENOUGH = 4_000;
const QUEUES = ['general', 'servicios', 'tramites', 'urgente'];

let floor: RoutingFloor;
let city: City;

const supervisor: Actor = {
  id: 'load-7',
  name: 'Elena Mora',
  permissions: [...permissionsOfBase.supervisor],
  queueIds: [],
  capacity: 4,
  locale: 'es',
  departmentId: null,
  protectedGrant: true,
};
/** Of the queue that has fewest, without the grant. */
const operator: Actor = {
  ...supervisor,
  permissions: [...permissionsOfBase.operator],
  queueIds: ['urgente'],
  protectedGrant: false,
};
/** Nothing that is closed is theirs. */
const newcomer: Actor = { ...operator, id: 'nobody', queueIds: ['no-such-queue'] };

beforeAll(async () => {
  floor = await openRoutingFloor(QUEUES);
  city = await sampleCity();
  await floor.addOperator('ana', 4, QUEUES);
  await loadContacts(floor.database, { tickets: TICKETS, messagesPerTicket: 3 });
}, 600_000);
afterAll(() => floor?.close());

const LARGE = /\b(ticket|message|search_entry|citizen|identity|conversation|case_ticket)\b/;

async function reads(work: () => Promise<unknown>): Promise<Measured[]> {
  const measured = await readsOf(floor.database, LARGE, async () => void (await work()));
  expect(measured.length).toBeGreaterThan(0);
  return measured;
}

function expectBounded(measured: readonly Measured[]): void {
  for (const { text, plan, rowsRead } of measured) {
    expect(plan, text).not.toMatch(
      /Seq Scan on (ticket|message|search_entry|citizen|identity|conversation|case_ticket)\b/,
    );
    expect(rowsRead, `${text}\n${plan}`).toBeLessThan(ENOUGH);
  }
}

const everybody = { supervisor, operator, newcomer };

describe.each(Object.entries(everybody))('for a %s', (_, actor) => {
  test.each([
    ['what they hold', { view: 'mine' }],
    ['what waits', { view: 'waiting' }],
    ['what is put aside', { view: 'snoozed' }],
    ['what is closed', { view: 'closed' }],
    ['everything', { view: 'all' }],
    ['a common word', { q: 'hola' }],
    ['a rare word', { q: 'tzallañoxo' }],
    ['a word that nobody said', { q: 'ornitorrinco' }],
    ['two words', { q: 'bache zaragoza' }],
    ['a name', { q: 'hernández' }],
    ['a telephone', { q: '229 055 4330' }],
    ['a folio', { q: 'VER-2025-000123' }],
    ['a number', { q: '#4711' }],
    ['a filter', { view: 'closed', channel: 'email' }],
    [
      'filters that hardly anything fits',
      { view: 'closed', channel: 'sms', disposition: 'spam', rating: '1', priority: '0' },
    ],
    ['a filter that nothing fits', { operatorId: 'nobody-else' }],
    ['some days', { from: '2026-03-01', to: '2026-03-03' }],
    ['words and filters', { q: 'luminaria', disposition: 'resuelto', language: 'es' }],
  ])('%s', async (_what, asked) => {
    const query = listTicketsSchema.parse(asked);
    expectBounded(await reads(() => listTickets(floor.database.db, city, actor, query)));
  });

  test('the count of a saved view', async () => {
    const filters = listTicketsSchema.parse({ view: 'closed', channel: 'chat' });
    expectBounded(await reads(() => countTickets(floor.database.db, city, actor, filters, 100)));
  });

  test('the command bar', async () => {
    expectBounded(await reads(() => findAnything(floor.database.db, city, actor, 'hernández', new Date())));
  });
});

test('the next page of a search goes on where the last one ended', async () => {
  const first = await listTickets(floor.database.db, city, supervisor, listTicketsSchema.parse({ q: 'hola' }));
  const query = listTicketsSchema.parse({ q: 'hola', cursor: first.nextCursor });
  expectBounded(await reads(() => listTickets(floor.database.db, city, supervisor, query)));
});

test('opening a conversation', async () => {
  const { tickets } = await listTickets(
    floor.database.db,
    city,
    supervisor,
    listTicketsSchema.parse({ view: 'closed' }),
  );
  const windows = createWindows(() => undefined, city);
  const id = tickets[0]?.id ?? '';
  expectBounded(await reads(() => openTicket(floor.database.db, { city, windows }, supervisor, id)));
});

test('who is next in the queue', async () => {
  const { rules, unitOfWork } = floor;
  const measured = await reads(() =>
    unitOfWork(async (unit) => {
      const present = await presentOperators(unit, rules.settings);
      const waiting = await waitingTickets(unit, rules.settings, present, QUEUES, rules.declineCooldownSeconds);
      expect(waiting.length).toBeGreaterThan(0);
    }),
  );
  expectBounded(measured);
});
