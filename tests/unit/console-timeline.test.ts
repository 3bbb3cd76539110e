import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contiguousUntil, follows, merge } from '../../agent-console/src/composables/message-log.ts';
import { buildTimeline } from '../../agent-console/src/composables/timeline.ts';
import type { TicketEvent } from '../../server/contract/http.ts';
import type { Message } from '../../server/contract/message.ts';

const ticketId = randomUUID();
const start = Date.parse('2026-03-09T18:00:00.000Z');
const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();

function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `message-${seq}`,
    conversationId: 'conversation',
    ticketId,
    seq,
    direction: 'in',
    author: { type: 'citizen', id: null, name: null },
    parts: [{ type: 'text', text: `Mensaje ${seq}` }],
    status: 'stored',
    failure: null,
    clientId: null,
    createdAt: at(seq),
    ...more,
  };
}
function event(id: number, type: TicketEvent['type'], seconds: number, data: TicketEvent['data'] = {}): TicketEvent {
  return { id, ticketId, type, at: at(seconds), actor: { type: 'operator', id: 'ana', name: 'Ana' }, data };
}
const source = { events: [], unsent: [], hasEarlier: false, dateOf: (when: string) => when.slice(0, 10) };
const kinds = (items: ReturnType<typeof buildTimeline>) => items.map((item) => item.kind);

describe('the log of a conversation', () => {
  test('holds each message once and in order, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }), { maxLength: 8 }), (pages) => {
        const log = pages.reduce<Message[]>(
          (known, page) =>
            merge(
              known,
              page.map((seq) => message(seq)),
            ),
          [],
        );
        const seqs = [...new Set(pages.flat())].sort((a, b) => a - b);
        expect(log.map(({ seq }) => seq)).toEqual(seqs);
      }),
    );
  });

  test('knows where it has a hole', () => {
    const log = [4, 5, 6, 9].map((seq) => message(seq));
    expect(contiguousUntil(log)).toBe(6);
    expect(follows(log, message(7))).toBe(true);
    expect(follows(log, message(10))).toBe(false);
    expect(contiguousUntil([])).toBe(0);
  });
});

describe('the timeline', () => {
  test('groups what one person says in a row and puts events between', () => {
    const messages = [message(1), message(2), message(60, { direction: 'out' })];
    const items = buildTimeline({ ...source, messages, events: [event(1, 'queued', 30)] });
    expect(kinds(items)).toEqual(['day', 'contact', 'message', 'message', 'event', 'message']);
    const said = items.filter((item) => item.kind === 'message');
    expect(said.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  test('opens a contact before what is said in the same moment, and queues it behind', () => {
    const events = [event(1, 'opened', 1), event(2, 'queued', 1)];
    const items = buildTimeline({ ...source, messages: [message(1)], events });
    expect(items.map((item) => (item.kind === 'event' ? item.event.type : item.kind))).toEqual([
      'day',
      'contact',
      'opened',
      'message',
      'queued',
    ]);
  });

  test('says once what an event and a notice to the citizen both tell', () => {
    const closed = message(2, {
      direction: 'out',
      author: { type: 'system', id: null, name: null },
      parts: [{ type: 'notice', key: 'closed', values: {} }],
    });
    const without = buildTimeline({ ...source, messages: [message(1), closed] });
    expect(kinds(without)).toEqual(['day', 'contact', 'message', 'message']);
    const withEvent = buildTimeline({ ...source, messages: [message(1), closed], events: [event(1, 'closed', 3)] });
    expect(kinds(withEvent)).toEqual(['day', 'contact', 'message', 'event']);
  });

  test('marks where a day and another contact begin', () => {
    const other = randomUUID();
    const messages = [
      message(1),
      message(2, { createdAt: at(86_400) }),
      message(3, { createdAt: at(86_401), ticketId: other }),
    ];
    expect(kinds(buildTimeline({ ...source, messages }))).toEqual([
      'day',
      'contact',
      'message',
      'day',
      'message',
      'contact',
      'message',
    ]);
  });

  test('shows what is on its way at the end, until its stored copy is there', () => {
    const unsent = {
      clientId: 'mine',
      ticketId,
      kind: 'reply' as const,
      text: 'Hola',
      attachments: [],
      at: at(5),
      state: 'sending' as const,
      reason: null,
    };
    expect(kinds(buildTimeline({ ...source, messages: [message(1)], unsent: [unsent] })).at(-1)).toBe('unsent');
    const stored = message(2, { clientId: 'mine', direction: 'out' });
    expect(kinds(buildTimeline({ ...source, messages: [message(1), stored], unsent: [unsent] }))).not.toContain(
      'unsent',
    );
  });

  test('leaves out events from before the first message while earlier pages are missing', () => {
    const events = [event(1, 'opened', -500), event(2, 'queued', 5)];
    const items = buildTimeline({ ...source, messages: [message(1)], events, hasEarlier: true });
    expect(kinds(items)).toEqual(['day', 'contact', 'message', 'event']);
  });
});
