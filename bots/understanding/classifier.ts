import { type FeatureTable, featureTable, hashOf, placeOf } from './feature-table.ts';
import type { Features } from './features.ts';

export interface Example {
  id: string;
  text: string;
  features: Features;
}

/** What was learnt, as it can pass from one process to another: some ten bytes a feature, and one more for each id. */
export interface Learnt {
  ids: string[];
  table: FeatureTable;
  /** How telling each feature is by being rare. */
  rarity: Float32Array<ArrayBuffer>;
  /** A row a feature, a column an id, in steps of the row's own `scale`. */
  weights: Int8Array<ArrayBuffer>;
  scale: Float32Array<ArrayBuffer>;
  bias: Float32Array<ArrayBuffer>;
}

/** How likely each id is, in the order of `ids`; the sum is 1. */
export interface Classifier {
  readonly ids: readonly string[];
  probabilities(features: Features): Float64Array;
}

const EPOCHS = 7;
const FIRST_STEP = 4;
/** Errors smaller than this are not worth correcting: most of the work would go into them. */
const SMALLEST_ERROR = 0.01;
/** An example that is this sure is left out once: most of the time would go into those that are known already. */
const LEARNT_WELL = 0.97;
/** A feature must be seen this often to be learnt. */
const SEEN_AT_LEAST = 2;
/** Ids with more examples than this count each of theirs for less, so that none wins by their number. */
const USUAL_EXAMPLES = 80;
/** What a feature never seen counts for when a text is brought to unit length: it makes the rest less sure. */
const UNKNOWN = 1.5;
const LARGEST_STEP = 127;

/** A text as places in the table of weights and their values, of unit length. */
interface Vector {
  at: Int32Array;
  value: Float64Array;
}

/**
 * Trains multinomial logistic regression by gradient descent, one example at a time, in an order that follows from
 * their texts: the same examples teach the same, and one more does not turn the order of the others.
 */
export function train(examples: readonly Example[]): Learnt {
  const ids = [...new Set(examples.map(({ id }) => id))].sort();
  const classes = ids.length;
  const { names, rarity } = countFeatures(examples);
  const table = featureTable(names);
  const weights = new Float32Array(names.length * classes);
  const bias = new Float32Array(classes);
  const scores = new Float64Array(classes);

  const wrong = new Int32Array(classes);
  const change = new Float64Array(classes);

  function correct({ at, value }: Vector, truth: number, step: number): void {
    let mistakes = 0;
    for (let k = 0; k < classes; k += 1) {
      const error = (scores[k] as number) - (k === truth ? 1 : 0);
      if (Math.abs(error) < SMALLEST_ERROR) continue;
      wrong[mistakes] = k;
      change[mistakes] = step * error;
      (bias[k] as number) -= step * error * 0.01;
      mistakes += 1;
    }
    for (let j = 0; mistakes > 0 && j < at.length; j += 1) {
      const row = (at[j] as number) * classes;
      const here = value[j] as number;
      for (let m = 0; m < mistakes; m += 1)
        (weights[row + (wrong[m] as number)] as number) -= (change[m] as number) * here;
    }
  }

  const counts = Map.groupBy(examples, ({ id }) => id);
  const lessons = examples.map(({ id, text, features }) => ({
    vector: vectorOf(features, table, rarity),
    truth: ids.indexOf(id),
    worth: Math.min(1, Math.sqrt(USUAL_EXAMPLES / (counts.get(id)?.length ?? 1))),
    text,
    rests: false,
  }));
  const last = EPOCHS * lessons.length;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const [i, lesson] of shuffled(lessons, epoch).entries()) {
      const { vector, truth, worth, rests } = lesson;
      lesson.rests = false;
      if (rests) continue;
      scores.set(bias);
      for (let j = 0; j < vector.at.length; j += 1) {
        const row = (vector.at[j] as number) * classes;
        const here = vector.value[j] as number;
        for (let k = 0; k < classes; k += 1) (scores[k] as number) += (weights[row + k] as number) * here;
      }
      softmax(scores, 1);
      lesson.rests = (scores[truth] as number) > LEARNT_WELL;
      correct(vector, truth, FIRST_STEP * worth * (1 - (epoch * lessons.length + i) / last));
    }
  }
  return { ids, table, rarity, ...inSteps(weights, classes), bias };
}

/** @param temperature above 1 makes it less sure of itself, below 1 surer */
export function classifierOf({ ids, table, rarity, weights, scale, bias }: Learnt, temperature: number): Classifier {
  const classes = ids.length;
  return {
    ids,
    probabilities(features) {
      const { at, value } = vectorOf(features, table, rarity);
      const scores = Float64Array.from(bias);
      for (let j = 0; j < at.length; j += 1) {
        const row = (at[j] as number) * classes;
        const here = (value[j] as number) * (scale[at[j] as number] as number);
        for (let k = 0; k < classes; k += 1) (scores[k] as number) += (weights[row + k] as number) * here;
      }
      softmax(scores, 1 / temperature);
      return scores;
    },
  };
}

function vectorOf(features: Features, table: FeatureTable, rarity: Float32Array): Vector {
  const at: number[] = [];
  const value: number[] = [];
  let squares = 0;
  for (const [name, weight] of features) {
    const place = placeOf(table, name);
    if (place === -1) {
      squares += (weight * UNKNOWN) ** 2 / 2;
      continue;
    }
    const here = weight * (rarity[place] as number);
    at.push(place);
    value.push(here);
    squares += here ** 2;
  }
  const length = Math.sqrt(squares) || 1;
  return { at: Int32Array.from(at), value: Float64Array.from(value, (here) => here / length) };
}

/** The features worth learning, and how telling each is by being rare. */
function countFeatures(examples: readonly Example[]) {
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
  const known = [...seen].filter(([, count]) => count >= SEEN_AT_LEAST);
  return {
    names: known.map(([name]) => name),
    rarity: Float32Array.from(known, ([, count]) => Math.log((examples.length + 1) / (count + 0.5)) / 4),
  };
}

/** Each row in whole steps of a size of its own: a quarter of the room, and what is lost does not show. */
function inSteps(exact: Float32Array, classes: number): Pick<Learnt, 'weights' | 'scale'> {
  const rows = exact.length / classes;
  const weights = new Int8Array(exact.length);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const from = row * classes;
    const largest = exact.subarray(from, from + classes).reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const step = largest / LARGEST_STEP || 1;
    scale[row] = step;
    for (let k = from; k < from + classes; k += 1) weights[k] = Math.round((exact[k] as number) / step);
  }
  return { weights, scale };
}

function softmax(scores: Float64Array, sharpness: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    scores[k] = Math.exp(((scores[k] as number) - highest) * sharpness);
    sum += scores[k] as number;
  }
  for (let k = 0; k < scores.length; k += 1) (scores[k] as number) /= sum;
}

function shuffled<T extends { text: string }>(lessons: readonly T[], epoch: number): T[] {
  return lessons
    .map((lesson) => ({ lesson, turn: hashOf(`${epoch}${lesson.text}`) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ lesson }) => lesson);
}
