import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Evaluation } from '../../bots/evaluation/evaluate.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Just under what was reached when this was last measured; raise them with the content. */
const atLeast = { unseenFold: 0.86, typedInHurry: 0.82, longStories: 0.83, heldOut: 0.93 };
const wrongButConfidentAtMost = { unseenFold: 0.042, typedInHurry: 0.052, longStories: 0.052, heldOut: 0.02 };

test('the bot understands texts it was not trained on, or says that it does not', { timeout: 300_000 }, async () => {
  const child = spawn(process.execPath, ['bots/evaluate.ts', '--json'], { cwd: root });
  child.stderr.resume();
  const evaluation: Evaluation = JSON.parse(await text(child.stdout));

  for (const set of ['unseenFold', 'typedInHurry', 'longStories', 'heldOut'] as const) {
    expect(evaluation[set].accuracyAt1, `${set}: right at first`).toBeGreaterThan(atLeast[set]);
    expect(evaluation[set].wrongButConfident, `${set}: wrong and sure`).toBeLessThan(wrongButConfidentAtMost[set]);
  }
  const { emergencyRecall, violenceRecall, falseAlarms, missed, alarmed } = evaluation.danger;
  expect(emergencyRecall, `missed: ${missed.join(' / ')}`).toBe(1);
  expect(violenceRecall, `missed: ${missed.join(' / ')}`).toBe(1);
  expect(falseAlarms, `alarmed: ${alarmed.join(' / ')}`).toBeLessThan(0.012);
  for (const [id, { count }] of Object.entries(evaluation.byId))
    expect(count, `utterances of ${id}`).toBeGreaterThan(14);
});
