import { expect, test } from 'vitest';
import type { TicketState } from '../../server/contract/http.ts';
import { canBecome, ticketTransitions } from '../../server/conversations/ticket-states.ts';

const states = Object.keys(ticketTransitions) as TicketState[];

function reachableFrom(start: TicketState): Set<TicketState> {
  const reached = new Set<TicketState>([start]);
  for (const state of reached) for (const next of ticketTransitions[state]) reached.add(next);
  return reached;
}

test('a contact begins with the bot and can reach every state', () => {
  expect(reachableFrom('bot')).toEqual(new Set(states));
});

test('whatever state a contact is in, it can be closed, and a close can be undone', () => {
  for (const state of states) expect(reachableFrom(state)).toContain('closed');
  expect(canBecome('closed', 'assigned')).toBe(true);
});

test('nobody is offered a ticket that does not wait, and only who holds one puts it aside', () => {
  const before = (state: TicketState) => states.filter((from) => canBecome(from, state));
  expect(before('offered')).toEqual(['waiting']);
  expect(before('snoozed')).toEqual(['assigned', 'snoozed']);
  expect(before('bot')).toEqual([]);
});
