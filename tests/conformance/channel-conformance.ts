import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capabilities } from '../../server/contract/channel.ts';
import type { ContactCentre, ContactCentreOptions } from '../support/contact-centre.ts';
import { type Bench, backends, openBench } from './bench.ts';
import { testCursor } from './cursor.ts';
import { testPieces, testPush, testReports } from './push.ts';
import type { Subject } from './subject.ts';
import { testBatches, testWhatComesIn } from './what-comes-in.ts';

/** What a channel says of itself, which decides what else it owes. */
export interface Claims {
  delivery: Capabilities['delivery'];
  /** Whether one raw input may carry several messages. */
  batches: boolean;
  /** Whether a message leaves as several of the provider's. Only channels that push; absent: it leaves whole. */
  pieces?: Capabilities['pieces'];
  /** Whether the other side tells what became of a message. Only channels that push; absent: it does. */
  reports?: boolean;
}

/**
 * What every channel owes, whichever job store is behind it: see `server/contract/channel.ts`.
 * @param plug gives the channel as a running server has it
 * @param settings of that server
 */
export function describeChannel<Raw>(
  name: string,
  claims: Claims,
  plug: (centre: ContactCentre) => Promise<Subject<Raw>>,
  settings: () => Promise<ContactCentreOptions['settings']> = async () => ({}),
): void {
  describe.each(backends)(`${name}, jobs on %s`, (backend) => {
    let opened: Bench<Raw>;
    const bench = () => opened;

    beforeAll(async () => {
      opened = await openBench(backend, plug, await settings());
    });
    afterAll(() => opened?.close());

    test('is what it says', () => {
      expect(opened.subject.channel.capabilities.delivery).toBe(claims.delivery);
      expect(opened.subject.channel.capabilities.pieces).toBe(claims.pieces ?? 'one');
      expect(opened.subject.batch !== undefined).toBe(claims.batches);
    });

    describe('what comes in', () => {
      testWhatComesIn(bench);
      if (claims.batches) testBatches(bench);
    });

    describe('what goes out', () => {
      if (claims.delivery === 'push') testPush(bench);
      else testCursor(bench);
      if (claims.pieces === 'many') testPieces(bench);
      if (claims.delivery === 'push' && claims.reports !== false) testReports(bench);
    });
  });
}
