import type { Content } from '../understanding/content.ts';
import type { Recognise } from '../understanding/learn.ts';
import { type Understanding, understandBy } from '../understanding/understand.ts';

/** A text with the id it is about. */
export interface Sample {
  id: string;
  text: string;
}

export interface Outcome extends Sample {
  got: Understanding;
}

export interface Figures {
  count: number;
  /** The first id is right; `ninguno` is right for what is out of scope. */
  accuracyAt1: number;
  /** The right id is the first or among those offered. */
  accuracyAt3: number;
  /** Answered without asking back, and wrong. */
  wrongButConfident: number;
  /** Asked back with candidates. */
  askedBack: number;
  /** Mean distance between confidence and how often it was right, in tenths of confidence. */
  calibrationError: number;
}

const EMERGENCY = 'emergencia';
const VIOLENCE = 'violencia-genero';
const OUT_OF_SCOPE = 'ninguno';

export function take({ id, text }: Sample, recognise: Recognise, content: Content): Outcome {
  return { id, text, got: understandBy(recognise, text, content) };
}

export function isAlarm({ got }: Pick<Outcome, 'got'>): boolean {
  return got.certainty === 'sure' && [got.id, ...got.also].some(isDanger);
}

/** The alarm, or the question whether somebody is in danger: either names who helps. */
export function isHeeded({ got }: Outcome): boolean {
  return isAlarm({ got }) || got.candidates.some(isDanger);
}

export function isDanger(id: string): boolean {
  return id === EMERGENCY || id === VIOLENCE;
}

/** Whether the first guess is right. Either kind of danger is: both name who helps, at once. */
export function isRight({ id, got }: Outcome): boolean {
  return got.id === id || (isDanger(id) && isDanger(got.id));
}

export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const right = outcomes.filter(isRight).length;
  const offered = outcomes.filter((outcome) => !isRight(outcome) && outcome.got.candidates.includes(outcome.id)).length;
  return {
    count: outcomes.length,
    accuracyAt1: share(right, outcomes),
    accuracyAt3: share(right + offered, outcomes),
    wrongButConfident: share(outcomes.filter(isWrongButConfident).length, outcomes),
    askedBack: share(outcomes.filter(({ got }) => got.certainty === 'between').length, outcomes),
    calibrationError: calibrationError(outcomes),
  };
}

export function isWrongButConfident(outcome: Outcome): boolean {
  return outcome.got.certainty === 'sure' && !isRight(outcome);
}

/** Of what is out of scope, the share of which the bot says so. */
export function outOfScopeRecall(outcomes: readonly Outcome[]): number {
  const outside = outcomes.filter(({ id }) => id === OUT_OF_SCOPE);
  return share(outside.filter(isRight).length, outside);
}

export function share(count: number, of: readonly unknown[]): number {
  return of.length === 0 ? 0 : count / of.length;
}

function calibrationError(outcomes: readonly Outcome[]): number {
  const bins = Map.groupBy(outcomes, ({ got }) => Math.min(9, Math.floor(got.confidence * 10)));
  const distances = [...bins.values()].map((bin) => {
    const confidence = bin.reduce((sum, { got }) => sum + got.confidence, 0) / bin.length;
    return Math.abs(confidence - share(bin.filter(isRight).length, bin)) * bin.length;
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, outcomes.length);
}

/** How often one id is taken for another. */
export interface Confusion {
  id: string;
  takenFor: string;
  count: number;
}

export function confusionsOf(outcomes: readonly Outcome[]): Confusion[] {
  const pairs = Map.groupBy(
    outcomes.filter((outcome) => !isRight(outcome)),
    ({ id, got }) => `${id} ${got.id}`,
  );
  return [...pairs.values()]
    .flatMap((list) => list.slice(0, 1).map(({ id, got }) => ({ id, takenFor: got.id, count: list.length })))
    .sort((a, b) => b.count - a.count);
}
