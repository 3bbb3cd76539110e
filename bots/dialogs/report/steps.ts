import type { Part } from '../../../server/contract/message.ts';
import type { Step } from '../dialog.ts';
import type { Scene } from '../scene.ts';
import { askOpen, volunteered } from './questions.ts';
import { nextQuestion, type Report } from './report.ts';

/** On to what is missing now. */
export function proceed(scene: Scene, report: Report): Step<Report> {
  return open(scene, { ...report, open: nextQuestion(scene, report) });
}

/** Asks the question that the report says is open. */
export function open(scene: Scene, report: Report): Step<Report> {
  const noticed = report.noticed || report.open === 'contact' || (report.open === 'confirm' && volunteered(report));
  return { ...askOpen(scene, report), slots: { ...report, noticed } };
}

/** The same replies, the first opened by a sentence that stands before its own. */
export function introducedBy(lead: string, replies: readonly Part[][]): Part[][] {
  const [[first, ...parts] = [], ...others] = replies as [Part[]?, ...Part[][]];
  const text = first?.type === 'text' ? `${lead}\n\n${first.text}` : lead;
  const kept = first && first.type !== 'text' ? [first] : [];
  return [[{ type: 'text', text }, ...kept, ...parts], ...others];
}
