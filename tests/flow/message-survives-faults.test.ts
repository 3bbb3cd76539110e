import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InboundStatus, OutboundMessage, SendResult } from '../../server/contract/channel.ts';
import type { MessageStatus } from '../../server/contract/message.ts';
import { type DeliveryFloor, openDeliveryFloor } from '../support/delivery-floor.ts';

/**
 * What is guaranteed of messages that leave in pieces, whatever faults, reports and retries come in whichever order:
 * - a status never goes back, but for `failed` by somebody's order to try again;
 * - nothing leaves while something said before it to the same person is on its way, nor a piece before those before it;
 * - a piece leaves once, once more for each time its answer was lost, and once more for each order to try it again
 *   after it had failed;
 * - in the end everything has left or has failed with its reason, and stands where its reports say.
 */

type Mishap = 'lost answer' | 'broken line' | 'refusal' | 'later';
type Told = InboundStatus['status'];

const LENGTH = 20;
const RANK: Record<MessageStatus, number> = { stored: 0, queued: 1, sent: 2, failed: 3, delivered: 4, read: 5 };

/** The other side: what it took, in order, and what it was told of. */
interface Taken {
  id: string;
  messageId: string;
  piece: string;
  lost: boolean;
  reports: Told[];
}

let floor: DeliveryFloor;
let mishaps: Mishap[] = [];
let taken: Taken[] = [];
let outOfOrder: string[] = [];
let count = 0;
/** What was told of ids that nobody knew then; one that is given later was meant. */
const foretold: { id: string; status: Told }[] = [];

async function wire({ message, idempotencyKey: piece }: OutboundMessage): Promise<SendResult> {
  const mishap = mishaps.shift();
  if (mishap === 'broken line') throw new Error('ECONNRESET');
  if (mishap === 'refusal') return { outcome: 'rejected', permanent: true, reason: 'No.', providerCode: 'no' };
  if (mishap === 'later') return { outcome: 'throttled', retryAfterSeconds: 5 };
  const before = await floor.db
    .selectFrom('message')
    .select('id')
    .where('conversation_id', '=', message.conversationId)
    .where('seq', '<', message.seq)
    .where('status', '=', 'queued')
    .execute();
  const [, index = '0'] = piece.split('/');
  const earlierPieces = Array.from({ length: Number(index) }, (_, i) => `${message.id}/${i}`);
  if (before.length > 0 || earlierPieces.some((one) => !taken.some((entry) => entry.piece === one))) {
    outOfOrder.push(piece);
  }
  const entry = { id: `p-${++count}`, messageId: message.id, piece, lost: mishap === 'lost answer', reports: [] };
  taken.push(entry);
  if (entry.lost) throw new Error('ETIMEDOUT');
  return { outcome: 'accepted', providerMessageId: entry.id };
}

beforeAll(async () => {
  floor = await openDeliveryFloor({ pieces: 'many', textLength: LENGTH }, wire);
});
afterAll(() => floor?.close());

type Step =
  | { do: 'say'; who: number; pieces: number }
  | { do: 'meet'; mishap: Mishap }
  | { do: 'work'; which: number; workers: number }
  | { do: 'report'; which: number; status: Told; early: boolean }
  | { do: 'retry'; which: number }
  | { do: 'wait' };

const some = fc.nat({ max: 30 });
const status = fc.constantFrom<Told>('sent', 'delivered', 'read', 'failed');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('say' as const), who: fc.nat({ max: 1 }), pieces: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant('meet' as const),
    mishap: fc.constantFrom<Mishap>('lost answer', 'broken line', 'refusal', 'later'),
  }),
  fc.record({ do: fc.constant('work' as const), which: some, workers: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('report' as const), which: some, status, early: fc.boolean() }),
  fc.record({ do: fc.constant('retry' as const), which: some }),
  fc.record({ do: fc.constant('wait' as const) }),
);

test('whatever happens, messages leave in order, once, and their statuses never go back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const people = [await floor.conversation(), await floor.conversation()];
      mishaps = [];
      taken = [];
      outOfOrder = [];
      const said: string[] = [];
      const seen = new Map<string, MessageStatus>();
      const wentBack: string[] = [];
      /** How often a piece was ordered to be tried again after it had failed. */
      const orders = new Map<string, number>();

      async function look(mayBeQueued?: string): Promise<void> {
        for (const { id, status: now } of await statuses(said)) {
          const last = seen.get(id) ?? 'stored';
          if (RANK[now] < RANK[last] && !(id === mayBeQueued && last === 'failed')) wentBack.push(`${last} → ${now}`);
          seen.set(id, now);
        }
      }
      async function order(id: string): Promise<void> {
        const failed = await piecesOf(id, 'failed');
        if (!(await floor.retry(id))) return;
        for (const piece of failed) orders.set(piece, (orders.get(piece) ?? 0) + 1);
        await look(id);
      }
      const attempt = (id: string) => floor.work(id).catch(() => {});

      async function drain(): Promise<void> {
        for (let round = 0; round < 100; round += 1) {
          floor.pass(600);
          const overdue = await floor.overdue();
          if (overdue.length === 0) return;
          for (const id of overdue) await attempt(id);
          await look();
        }
      }

      const acts: { [Do in Step['do']]: (step: Extract<Step, { do: Do }>) => Promise<void> } = {
        async say({ who, pieces }) {
          const text = 'Una frase cualquiera '.repeat(pieces).trim();
          said.push((await floor.say(people[who] ?? '', [{ type: 'text', text }])).id);
        },
        async meet({ mishap }) {
          mishaps.push(mishap);
        },
        async work({ which, workers }) {
          const id = said[which % said.length];
          if (id) await Promise.all(Array.from({ length: workers }, () => attempt(id)));
        },
        async report({ which, status, early }) {
          const entry = early ? undefined : taken[which % taken.length];
          entry?.reports.push(status);
          // Early: about the next that will be taken, or one that never is.
          const providerMessageId = entry?.id ?? `p-${count + 1}`;
          if (!entry) foretold.push({ id: providerMessageId, status });
          await floor.report({ providerMessageId, status, ...(status === 'failed' ? { failure } : {}) });
        },
        async retry({ which }) {
          const id = said[which % said.length];
          if (id) await order(id);
        },
        async wait() {
          floor.pass(90);
        },
      };

      for (const one of steps) {
        await (acts[one.do] as (step: Step) => Promise<void>)(one);
        await look();
      }
      mishaps = [];
      await drain();
      for (const id of said) await order(id);
      await drain();

      expect(wentBack).toEqual([]);
      expect(outOfOrder).toEqual([]);
      for (const piece of new Set(taken.map((entry) => entry.piece))) {
        const times = taken.filter((entry) => entry.piece === piece);
        const allowed = 1 + times.filter(({ lost }) => lost).length + (orders.get(piece) ?? 0);
        expect(times.length, `${piece} was taken at most ${allowed} times`).toBeLessThanOrEqual(allowed);
      }
      for (const { id, status: now } of await statuses(said)) {
        expect(now).not.toBe('queued');
        const pieces = await floor.db.selectFrom('message_piece').selectAll().where('message_id', '=', id).execute();
        for (const piece of pieces.filter(({ provider_message_id }) => provider_message_id !== null)) {
          const reports = [
            ...(taken.find((entry) => entry.id === piece.provider_message_id)?.reports ?? []),
            ...foretold.filter((entry) => entry.id === piece.provider_message_id).map((entry) => entry.status),
          ];
          expect(piece.status).toBe(best(['sent', ...reports]));
        }
        if (now !== 'failed') expect(now).toBe(least(pieces.map((piece) => piece.status)));
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

const failure = { code: '1', reason: 'No llegó.', permanent: false };

const best = (all: MessageStatus[]) => all.reduce((one, other) => (RANK[other] > RANK[one] ? other : one));
const least = (all: MessageStatus[]) => all.reduce((one, other) => (RANK[other] < RANK[one] ? other : one));

async function statuses(ids: string[]): Promise<{ id: string; status: MessageStatus }[]> {
  if (ids.length === 0) return [];
  return floor.db.selectFrom('message').select(['id', 'status']).where('id', 'in', ids).execute();
}

async function piecesOf(messageId: string, status: 'failed'): Promise<string[]> {
  const rows = await floor.db
    .selectFrom('message_piece')
    .select('piece')
    .where('message_id', '=', messageId)
    .where('status', '=', status)
    .execute();
  return rows.map(({ piece }) => `${messageId}/${piece}`);
}
