import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Evaluation } from '../../bots/evaluation/evaluate.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Just under what was reached when this was last measured; raise them with the content. */
const atLeast = { strangers: 0.92, typedInHurry: 0.9, longStories: 0.81, heldOut: 0.95, unseenFold: 0.84 };
const wrongButConfidentAtMost = {
  strangers: 0.025,
  typedInHurry: 0.028,
  longStories: 0.025,
  heldOut: 0.025,
  unseenFold: 0.045,
};

test('the bot understands texts it was not trained on, or says that it does not', { timeout: 600_000 }, async () => {
  const child = spawn(process.execPath, ['bots/evaluate.ts', '--json'], { cwd: root });
  child.stderr.resume();
  const evaluation: Evaluation = JSON.parse(await text(child.stdout));

  for (const set of ['strangers', 'typedInHurry', 'longStories', 'heldOut', 'unseenFold'] as const) {
    expect(evaluation[set].accuracyAt1, `${set}: right at first`).toBeGreaterThan(atLeast[set]);
    expect(evaluation[set].wrongButConfident, `${set}: wrong and sure`).toBeLessThan(wrongButConfidentAtMost[set]);
  }
  expect(evaluation.strangers.outOfScopeRecall).toBeGreaterThan(0.8);
  const { strangers, ours } = evaluation.danger;
  expect(ours.heeded, `missed: ${ours.missed.join(' / ')}`).toBe(1);
  expect(strangers.heeded).toBeGreaterThan(0.93);
  expect(strangers.falseAlarms).toBeLessThan(0.02);
  for (const [id, { count }] of Object.entries(evaluation.byId))
    expect(count, `utterances of ${id}`).toBeGreaterThan(14);
});
