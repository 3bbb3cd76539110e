import type { TryOut, TryOutChange, TryOutFigures } from '../../server/contract/bot.ts';
import { BACKGROUND } from '../../server/contract/city.ts';
import type { Content } from '../understanding/content.ts';
import { learn } from '../understanding/learn.ts';
import { foldOf, withoutFold } from './folds.ts';
import { figuresOf, isRight, type Outcome, type Sample, take } from './measure.ts';

/** New utterances by the id they are about. */
export type Additions = Readonly<Record<string, readonly string[]>>;

interface Asked {
  was: Outcome;
  now: Outcome;
}

/** Of five: enough to see a difference, and done in half a minute. */
const FOLDS_ASKED = 2;

/**
 * What the bot would understand better and worse with these utterances among those it learns. Nothing is judged by a
 * recogniser that learnt it: each fold is asked of one that learnt the others, without the additions and with them.
 */
export function compareWith(content: Content, additions: Additions): TryOut {
  const known = samplesOf(content.utterances).filter(({ id }) => id !== BACKGROUND);
  const added = samplesOf(additions);
  const asked: Asked[] = [];
  const askedNew: Asked[] = [];
  for (let fold = 0; fold < FOLDS_ASKED; fold += 1) {
    const rest = withoutFold(content.utterances, fold);
    const newHere = added.filter((_, i) => i % FOLDS_ASKED === fold);
    const before = learn({ ...content, utterances: rest });
    const after = learn({ ...content, utterances: withSamples(rest, without(added, newHere)) });
    const both = (sample: Sample): Asked => ({ was: take(sample, before, content), now: take(sample, after, content) });
    asked.push(...known.filter(({ text }) => foldOf(text) === fold).map(both));
    askedNew.push(...newHere.map(both));
  }
  return {
    before: inShort(asked.map(({ was }) => was)),
    after: inShort(asked.map(({ now }) => now)),
    worse: asked.filter(({ was, now }) => isRight(was) && !isRight(now)).map(change),
    better: asked.filter(({ was, now }) => !isRight(was) && isRight(now)).map(change),
    additions: askedNew.map(change),
  };
}

function change({ was, now }: Asked): TryOutChange {
  return { text: was.text, id: was.id, was: was.got.id, now: now.got.id };
}

function inShort(outcomes: Outcome[]): TryOutFigures {
  const { count, accuracyAt1, wrongButConfident } = figuresOf(outcomes);
  return { count, accuracyAt1, wrongButConfident };
}

function samplesOf(utterances: Additions): Sample[] {
  return Object.entries(utterances).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
}

function withSamples(utterances: Additions, samples: readonly Sample[]): Additions {
  const byId = Map.groupBy(samples, ({ id }) => id);
  const ids = new Set([...Object.keys(utterances), ...byId.keys()]);
  return Object.fromEntries(
    [...ids].map((id) => [id, [...(utterances[id] ?? []), ...(byId.get(id) ?? []).map(({ text }) => text)]]),
  );
}

function without(samples: readonly Sample[], some: readonly Sample[]): Sample[] {
  return samples.filter((sample) => !some.includes(sample));
}
