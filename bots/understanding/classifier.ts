import type { Features } from './features.ts';
import { seededRandom } from './seeded-random.ts';

export interface Example {
  id: string;
  features: Features;
}

/** What was learnt, as it can pass from one thread to another. */
export interface Learnt {
  ids: string[];
  /** Features by their position in the table of weights, and how telling each is by being rare. */
  names: string[];
  rarity: number[];
  /** A row a feature, a column an id. */
  weights: Float32Array<ArrayBuffer>;
  bias: Float32Array<ArrayBuffer>;
}

/** How likely each id is, in the order of `ids`; the sum is 1. */
export interface Classifier {
  readonly ids: readonly string[];
  probabilities(features: Features): Float64Array;
}

const EPOCHS = 4;
const FIRST_STEP = 3.6;
const DECAY = 1e-5;
/** Errors smaller than this are not worth correcting: most of the work would go into them. */
const SMALLEST_ERROR = 0.01;
/** A feature must be seen this often to be learnt. */
const SEEN_AT_LEAST = 2;
/** Ids with more examples than this count each of theirs for less, so that none wins by their number. */
const USUAL_EXAMPLES = 80;
/** What a feature never seen counts for when a text is brought to unit length: it makes the rest less sure. */
const UNKNOWN = 1.5;
const SEED = 7;

/** A text as positions in the table of weights and their values, of unit length. */
interface Vector {
  at: Int32Array;
  value: Float64Array;
}

/**
 * Trains multinomial logistic regression by gradient descent, one example at a time, in an order that is shuffled but
 * always the same: the same examples teach the same.
 */
export function train(examples: readonly Example[]): Learnt {
  const ids = [...new Set(examples.map(({ id }) => id))].sort();
  const classes = ids.length;
  const { positions, rarity } = countFeatures(examples);
  const weights = new Float32Array(positions.size * classes);
  const bias = new Float32Array(classes);
  const learnt: Learnt = { ids, names: [...positions.keys()], rarity, weights, bias };
  const { scores, vectorOf, score } = scorer(learnt, positions);

  function correct({ at, value }: Vector, truth: number, step: number): void {
    for (let k = 0; k < classes; k += 1) {
      const error = (scores[k] as number) - (k === truth ? 1 : 0);
      if (Math.abs(error) < SMALLEST_ERROR) continue;
      (bias[k] as number) -= step * error * 0.01;
      for (let j = 0; j < at.length; j += 1) {
        const cell = (at[j] as number) * classes + k;
        const weight = weights[cell] as number;
        weights[cell] = weight - step * (error * (value[j] as number) + DECAY * weight);
      }
    }
  }

  const counts = Map.groupBy(examples, ({ id }) => id);
  const lessons = examples.map(({ id, features }) => ({
    vector: vectorOf(features),
    truth: ids.indexOf(id),
    worth: Math.min(1, Math.sqrt(USUAL_EXAMPLES / (counts.get(id)?.length ?? 1))),
  }));
  const random = seededRandom(SEED);
  const last = EPOCHS * lessons.length;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(lessons, random);
    for (const [i, { vector, truth, worth }] of lessons.entries()) {
      score(vector, 1);
      correct(vector, truth, FIRST_STEP * worth * (1 - (epoch * lessons.length + i) / last));
    }
  }
  return learnt;
}

/** @param temperature above 1 makes it less sure of itself, below 1 surer */
export function classifierOf(learnt: Learnt, temperature: number): Classifier {
  const positions = new Map(learnt.names.map((name, position) => [name, position]));
  const { scores, vectorOf, score } = scorer(learnt, positions);
  return {
    ids: learnt.ids,
    probabilities(features) {
      score(vectorOf(features), 1 / temperature);
      return Float64Array.from(scores);
    },
  };
}

/** Texts as vectors, and how likely each id is for one: left in `scores`, which the next one overwrites. */
function scorer({ ids, rarity, weights, bias }: Learnt, positions: ReadonlyMap<string, number>) {
  const classes = ids.length;
  const scores = new Float64Array(classes);

  function vectorOf(features: Features): Vector {
    const at: number[] = [];
    const value: number[] = [];
    let squares = 0;
    for (const [name, weight] of features) {
      const position = positions.get(name);
      if (position === undefined) {
        squares += (weight * UNKNOWN) ** 2 / 2;
        continue;
      }
      const here = weight * (rarity[position] ?? 0);
      at.push(position);
      value.push(here);
      squares += here ** 2;
    }
    const length = Math.sqrt(squares) || 1;
    return { at: Int32Array.from(at), value: Float64Array.from(value, (here) => here / length) };
  }

  /** Leaves the probabilities in `scores`. */
  function score({ at, value }: Vector, sharpness: number): void {
    scores.set(bias);
    for (let j = 0; j < at.length; j += 1) {
      const row = (at[j] as number) * classes;
      const here = value[j] as number;
      for (let k = 0; k < classes; k += 1) (scores[k] as number) += (weights[row + k] as number) * here;
    }
    softmax(scores, sharpness);
  }

  return { scores, vectorOf, score };
}

/** The features worth learning, each with a position and how telling it is by being rare. */
function countFeatures(examples: readonly Example[]) {
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
  const positions = new Map<string, number>();
  const rarity: number[] = [];
  for (const [name, count] of seen) {
    if (count < SEEN_AT_LEAST) continue;
    positions.set(name, positions.size);
    rarity.push(Math.log((examples.length + 1) / (count + 0.5)) / 4);
  }
  return { positions, rarity };
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

function shuffle(list: unknown[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
}
