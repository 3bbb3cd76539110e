import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callOf } from '../../agent-console/src/composables/call-events.ts';
import { lasted, stretchesOf } from '../../agent-console/src/composables/call-times.ts';
import { onThePhone } from '../../agent-console/src/composables/operator-calls.ts';
import { peaksOf, silencesOf } from '../../agent-console/src/composables/peaks.ts';
import { shownIdentities } from '../../agent-console/src/composables/use-identity-words.ts';
import type { CallLeg, CallView } from '../../server/contract/call.ts';
import type { TicketEvent } from '../../server/contract/http.ts';

const ticketId = randomUUID();
const at = (seconds: number) => new Date(Date.parse('2026-03-09T18:00:00Z') + seconds * 1_000).toISOString();

function aLeg(more: Partial<CallLeg>): CallLeg {
  return {
    id: randomUUID(),
    role: 'operator',
    operatorId: 'ana',
    name: 'Ana Ruiz',
    address: null,
    state: 'joined',
    held: false,
    silent: false,
    whispersTo: null,
    joinedAt: at(60),
    leftAt: null,
    ...more,
  };
}
function aCall(more: Partial<CallView> = {}): CallView {
  return {
    id: randomUUID(),
    ticketId,
    conversationId: randomUUID(),
    line: 'twilio',
    account: { id: 'voz', name: 'Línea Veracruz', address: '+522291000400' },
    direction: 'in',
    from: '+522291234567',
    to: '+522291000400',
    stage: 'room',
    legs: [],
    startedAt: at(0),
    answeredAt: at(60),
    endedAt: null,
    outcome: null,
    abandonedIn: null,
    times: null,
    recording: 'no',
    recordings: [],
    wrapUpUntil: null,
    version: 1,
    ...more,
  };
}

describe('the times of a call', () => {
  const milliseconds = fc.integer({ min: 0, max: 4_000_000 });
  const parts = fc.record({
    dialling: milliseconds,
    bot: milliseconds,
    wait: milliseconds,
    talk: milliseconds,
    hold: milliseconds,
    voicemail: milliseconds,
  });

  test('add up, as they are written, to the length that is written', () => {
    fc.assert(
      fc.property(parts, (times) => {
        const total = Object.values(times).reduce((sum, each) => sum + each, 0);
        const shown = stretchesOf({ ...times, total });
        expect(shown.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(Math.round(total / 1_000));
        for (const { part, seconds } of shown) expect(Math.abs(seconds * 1_000 - times[part])).toBeLessThan(1_000);
      }),
    );
  });

  test('are said as people say them', () => {
    expect([42, 60, 192, 3_900].map(lasted)).toEqual(['42 s', '1 min', '3 min 12 s', '1 h 05 min']);
  });
});

describe('a recording as it is drawn', () => {
  const seconds = 20;
  const samples = Float32Array.from({ length: 8_000 * seconds }, (_, index) => {
    const silent = index >= 8_000 * 5 && index < 8_000 * 10;
    return silent ? 0.001 : Math.sin(index / 9) / 2;
  });

  test('is as high as it is loud, and silence is seen where it is', () => {
    const peaks = peaksOf(samples, 40);
    expect(peaks).toHaveLength(40);
    expect(Math.max(...peaks)).toBe(1);
    expect(silencesOf(peaks, seconds)).toEqual([{ from: 0.25, to: 0.5 }]);
  });

  test('is flat where nothing was said, and a breath is no silence', () => {
    expect(peaksOf(new Float32Array(800), 4)).toEqual([0, 0, 0, 0]);
    expect(silencesOf([1, 0, 1], 6)).toEqual([]);
    expect(silencesOf([1, 0, 0], 6)).toEqual([{ from: 1 / 3, to: 1 }]);
  });
});

test('an event finds its call by name, else by when it was', () => {
  const [first, second] = [aCall({ startedAt: at(0) }), aCall({ startedAt: at(600) })];
  const event = (seconds: number, data: TicketEvent['data'] = {}): TicketEvent => ({
    id: 1,
    ticketId,
    type: 'voicemail_left',
    at: at(seconds),
    actor: { type: 'citizen', id: null, name: null },
    data,
  });
  expect(callOf(event(700, { callId: first.id }), [first, second])).toBe(first);
  expect(callOf(event(300), [first, second])).toBe(first);
  expect(callOf(event(700), [first, second])).toBe(second);
  expect(callOf(event(700, { callId: randomUUID() }), [first, second])).toBeNull();
});

test('the board knows who talks, who finishes up, and since when', () => {
  const talking = aCall({ legs: [aLeg({})] });
  const over = aCall({ stage: 'ended', endedAt: at(300), wrapUpUntil: at(360), legs: [aLeg({ state: 'left' })] });
  expect(onThePhone('ana', [talking])).toMatchObject({ doing: 'talking', since: at(60) });
  expect(onThePhone('ana', [over])).toMatchObject({ doing: 'finishing', since: at(300) });
  expect(onThePhone('beto', [talking, over])).toBeNull();
  expect(onThePhone('ana', [aCall({ legs: [aLeg({ role: 'supervisor' })] })])).toBeNull();
});

test('whoever writes by WhatsApp under a number is not listed again by an id of it', () => {
  const number = { channel: 'whatsapp', address: '+522291234567', displayName: null, optedOutAt: null } as const;
  const id = { channel: 'whatsapp', address: 'MX.1349120865530274', displayName: 'Ana', optedOutAt: at(0) } as const;
  const mail = { channel: 'email', address: 'ana@example.org', displayName: null, optedOutAt: null } as const;
  expect(shownIdentities([number, mail, id])).toEqual([{ ...number, displayName: 'Ana', optedOutAt: at(0) }, mail]);
  expect(shownIdentities([id, mail])).toEqual([id, mail]);
});
