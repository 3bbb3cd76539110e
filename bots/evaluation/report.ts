import type { Evaluation } from './evaluate.ts';
import type { Figures } from './measure.ts';
import type { DangerFigures } from './measure-danger.ts';

const LISTED = 25;

/** The evaluation as a page for the terminal. */
export function reportOf(evaluation: Evaluation): string {
  const { strangers, typedInHurry, longStories, heldOut, unseenFold, twoRequests, danger, byId, wrong } = evaluation;
  return [
    `Trained in ${evaluation.trainingMilliseconds} ms`,
    '',
    row('', ['texts', 'at 1', 'at 3', 'wrong & sure', 'asked back', 'calibration']),
    figures('by strangers', strangers),
    figures('  typed in a hurry', typedInHurry),
    figures('  at the end of a story', longStories),
    figures('held-out file', heldOut),
    figures('utterances, unseen fold', unseenFold),
    '',
    `Out of scope, said so: strangers ${percent(strangers.outOfScopeRecall)}, held out ${percent(heldOut.outOfScopeRecall)}, unseen fold ${percent(unseenFold.outOfScopeRecall)}`,
    `Two requests in ${twoRequests.count} messages, both taken: ${percent(twoRequests.both)}`,
    '',
    row('danger', ['emergency', 'violence', 'or asked', 'false alarms', 'asked, none']),
    dangerRow('by strangers', danger.strangers),
    dangerRow('our own lists', danger.ours),
    ...list('Danger missed', danger.ours.missed),
    ...list('Alarmed for nothing', danger.ours.alarmed),
    ...list('Held out, wrong and sure (right ← given)', wrong.heldOut),
    ...list('Unseen fold, wrong and sure', wrong.unseenFold),
    ...list(
      'Strangers, right ← given',
      evaluation.confused.map(({ id, takenFor, count }) => `${count} × ${id} ← ${takenFor}`),
    ),
    '',
    row('by id', ['texts', 'at 1', 'at 3', 'wrong & sure']),
    ...Object.entries(byId)
      .sort(([, a], [, b]) => a.accuracyAt1 - b.accuracyAt1)
      .map(([id, { count, accuracyAt1, accuracyAt3, wrongButConfident }]) =>
        row(id, [String(count), percent(accuracyAt1), percent(accuracyAt3), percent(wrongButConfident)]),
      ),
  ].join('\n');
}

function figures(name: string, { count, ...shares }: Figures): string {
  const { accuracyAt1, accuracyAt3, wrongButConfident, askedBack, calibrationError } = shares;
  const cells = [accuracyAt1, accuracyAt3, wrongButConfident, askedBack, calibrationError].map(percent);
  return row(name, [String(count), ...cells]);
}

function dangerRow(name: string, danger: DangerFigures): string {
  const { emergencyRecall, violenceRecall, heeded, falseAlarms, askedForNothing } = danger;
  return row(name, [emergencyRecall, violenceRecall, heeded, falseAlarms, askedForNothing].map(percent));
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > LISTED ? [`  … and ${lines.length - LISTED} more`] : [];
  return ['', `${title}:`, ...lines.slice(0, LISTED).map((line) => `  ${line}`), ...more];
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(28) + cells.map((cell) => cell.padStart(14)).join('');
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
