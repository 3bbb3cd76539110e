import { expect, test } from 'vitest';
import { followUpTimes } from '../../agent-console/src/composables/follow-up-times.ts';
import { leastKnown, oneLog } from '../../agent-console/src/composables/joined-logs.ts';
import { nextTicket, type Situation } from '../../agent-console/src/composables/next-ticket.ts';
import type { Hours, TicketSummary } from '../../server/contract/http.ts';
import type { Message } from '../../server/contract/message.ts';

const ana = { operatorId: 'ana', supervises: false };
const at = (minute: number) => `2026-11-18T15:${String(minute).padStart(2, '0')}:00.000Z`;

function aTicket(id: string, more: Partial<TicketSummary> = {}): TicketSummary {
  return {
    id,
    number: 1,
    state: 'assigned',
    channel: 'chat',
    operator: { id: 'ana', name: 'Ana' },
    priority: 2,
    clockAt: at(0),
    acceptedAt: null,
    lastMessage: { preview: '', direction: 'in', at: at(0) },
    updatedAt: at(0),
    ...more,
  } as TicketSummary;
}
const answered = { lastMessage: { preview: '', direction: 'out' as const, at: at(9) } };
const waiting = { state: 'waiting' as const, operator: null };
const led = (tickets: TicketSummary[], more: Partial<Situation> = {}) => {
  const next = nextTicket({
    offered: null,
    tickets,
    reader: ana,
    leaving: 'left',
    available: true,
    mayTake: () => true,
    ...more,
  });
  return next && [next.ticket.id, next.reason];
};

test('an offer goes first, then who has waited longest for an answer, then the queue in its order', () => {
  const queue = [aTicket('new', { ...waiting, clockAt: at(5) }), aTicket('old', { ...waiting, clockAt: at(1) })];
  const mine = [aTicket('later', { lastMessage: { preview: '', direction: 'in', at: at(7) } }), aTicket('longest')];
  const all = [...queue, ...mine, aTicket('done', answered), aTicket('left')];
  expect(led(all, { offered: aTicket('asked', { state: 'offered' }) })).toEqual(['asked', 'offered']);
  expect(led(all)).toEqual(['longest', 'unanswered']);
  expect(led([...queue, aTicket('done', answered)])).toEqual(['old', 'waiting']);
});

test('nobody who has stopped taking contacts, or may not take one, is led to the queue', () => {
  const queue = [aTicket('old', waiting)];
  expect(led(queue, { available: false })).toBeNull();
  expect(led(queue, { mayTake: () => false })).toBeNull();
  expect(led([aTicket('left')])).toBeNull();
});

test('conversations are read as one by time, from where all of them are known', () => {
  const said = (seq: number, minute: number) => ({ seq, createdAt: at(minute) }) as Message;
  const whole = { messages: [said(1, 1), said(2, 4)], hasEarlier: false };
  const part = { messages: [said(7, 3), said(8, 5)], hasEarlier: true };
  const { messages, hasEarlier } = oneLog([whole, part]);
  expect(messages.map(({ seq }) => seq)).toEqual([7, 2, 8]);
  expect(hasEarlier).toBe(true);
  expect(leastKnown([whole, part])).toBe(part);
  expect(leastKnown([whole])).toBeUndefined();
});

test('looking again is offered for times at which somebody works', () => {
  const day = [{ from: '08:00', to: '16:00' }];
  const hours: Hours = {
    days: { '1': day, '2': day, '3': day, '4': day, '5': day, '6': [], '7': [] },
    closedOnHolidays: true,
    exceptions: [],
  };
  // 2026-11-20 is a Friday.
  expect(followUpTimes({ date: '2026-11-20', time: '10:30' }, hours)).toEqual([
    { name: 'soon', wall: { date: '2026-11-20', time: '12:30' } },
    { name: 'tomorrow', wall: { date: '2026-11-23', time: '08:00' } },
    { name: 'week', wall: { date: '2026-11-27', time: '09:00' } },
  ]);
  expect(followUpTimes({ date: '2026-11-20', time: '15:30' }, hours).map(({ name }) => name)).toEqual([
    'tomorrow',
    'week',
  ]);
});
