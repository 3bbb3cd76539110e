import { expect, test } from 'vitest';
import { runChaos } from './run-chaos.ts';

test.each(['postgresql', 'redis'] as const)(
  'with jobs on %s nothing acknowledged is lost, doubled or out of order, whatever is killed',
  async (backend) => {
    const report = await runChaos({
      seed: 20_261_122,
      seconds: 15,
      backend,
      residents: 8,
      correspondents: 2,
      texters: 2,
      callers: 2,
      tell: () => {},
    });
    expect(report.findings).toEqual([]);
    expect(report.said).toBeGreaterThan(50);
    expect(report.replies).toBeGreaterThan(0);
    expect(report.mails).toBeGreaterThan(10);
    expect(report.sent).toBeGreaterThan(0);
    expect(report.texts).toBeGreaterThan(10);
    expect(report.taken).toBeGreaterThan(0);
    expect(report.calls).toBeGreaterThan(2);
  },
  240_000,
);
