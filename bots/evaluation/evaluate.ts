import type { Desk } from '../../server/contract/bot.ts';
import { BACKGROUND } from '../../server/contract/city.ts';
import { learn, type Recognise } from '../understanding/learn.ts';
import { seededRandom } from '../understanding/seeded-random.ts';
import { FOLDS, foldOf, withoutFold } from './folds.ts';
import {
  type Confusion,
  confusionsOf,
  type Figures,
  figuresOf,
  isDanger,
  isRight,
  isWrongButConfident,
  type Outcome,
  outOfScopeRecall,
  type Sample,
  share,
  take,
} from './measure.ts';
import { type DangerFigures, dangerFigures } from './measure-danger.ts';
import { typedInHurry } from './mutate.ts';

/** What is never trained on, from the city's `evaluation/`. */
export interface Unseen {
  heldOut: Sample[];
  emergency: string[];
  violence: string[];
  innocent: string[];
  /** Written by others, who had read none of the utterances. */
  strangers: { samples: Sample[]; innocent: string[]; two: { ids: string[]; text: string }[] };
}

type WithScope = Figures & { outOfScopeRecall: number };

export interface Evaluation {
  trainingMilliseconds: number;
  /** What to go by: texts by people who had read none of the utterances. */
  strangers: WithScope;
  /** The same as typed in a hurry: no accents, chat spelling, a slip. */
  typedInHurry: Figures;
  /** The same at the end of a story. */
  longStories: Figures;
  /** Of messages with two requests, the share of which both were taken. */
  twoRequests: { count: number; both: number };
  heldOut: WithScope;
  /** Each utterance by a recogniser that was trained without it. */
  unseenFold: WithScope;
  danger: { strangers: DangerFigures; ours: DangerFigures & { missed: string[]; alarmed: string[] } };
  byId: Record<string, Pick<Figures, 'count' | 'accuracyAt1' | 'accuracyAt3' | 'wrongButConfident'>>;
  /** Strangers' texts taken for something else, by pairs: which texts they are stays out of sight. */
  confused: Confusion[];
  /** What was answered wrongly without asking back: «right» ← «given»: text. */
  wrong: { heldOut: string[]; unseenFold: string[] };
}

const SEED = 2026;
const STORY_SENTENCES = 3;

export function evaluate(desk: Desk, unseen: Unseen): Evaluation {
  const folds = foldByFold(desk);
  const started = performance.now();
  const recognise = learn(desk);
  const trainingMilliseconds = Math.round(performance.now() - started);
  const ask = (samples: readonly Sample[]) => samples.map((sample) => take(sample, recognise, desk));

  const { samples, innocent, two } = unseen.strangers;
  const strangers = ask(samples);
  const heldOut = ask(unseen.heldOut);
  const ours = [...labelled('emergencia', unseen.emergency), ...labelled('violencia-genero', unseen.violence)];
  const oursOfDanger = ask([...ours, ...labelled('ninguno', unseen.innocent)]);
  return {
    trainingMilliseconds,
    strangers: withScope(strangers),
    typedInHurry: figuresOf(ask(hurried(samples))),
    longStories: figuresOf(ask(stories(samples, desk.utterances[BACKGROUND] ?? []))),
    twoRequests: twoRequests(two, recognise, desk),
    heldOut: withScope(heldOut),
    unseenFold: withScope(folds),
    danger: {
      strangers: dangerFigures([...strangers, ...ask(labelled('ninguno', innocent))]).figures,
      ours: dangerOfOurs([...oursOfDanger, ...heldOut, ...folds.filter(({ id }) => !isDanger(id))]),
    },
    byId: Object.fromEntries(
      [...Map.groupBy([...strangers, ...folds], ({ id }) => id)].map(([id, list]) => [id, figuresOf(list)]),
    ),
    confused: confusionsOf(strangers),
    wrong: { heldOut: wrong(heldOut), unseenFold: wrong(folds) },
  };
}

function foldByFold(desk: Desk): Outcome[] {
  const samples = Object.entries(desk.utterances)
    .filter(([id]) => id !== BACKGROUND)
    .flatMap(([id, texts]) => labelled(id, texts));
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const recognise = learn({ ...desk, utterances: withoutFold(desk.utterances, fold) });
    return samples.filter(({ text }) => foldOf(text) === fold).map((sample) => take(sample, recognise, desk));
  });
}

function hurried(samples: readonly Sample[]): Sample[] {
  const random = seededRandom(SEED);
  return samples.map(({ id, text }) => ({ id, text: typedInHurry(text, random) }));
}

function stories(samples: readonly Sample[], background: readonly string[]): Sample[] {
  const random = seededRandom(SEED);
  const sentence = () => background[Math.floor(random() * background.length)] ?? '';
  const before = () => Array.from({ length: STORY_SENTENCES }, sentence).join('. ');
  return samples.filter(isRequest).map(({ id, text }) => ({ id, text: `${before()}. ${text}` }));
}

/** What somebody may tell a story about. */
function isRequest({ id }: Sample): boolean {
  return id !== 'saludo' && id !== 'despedida' && id !== 'ninguno';
}

function twoRequests(samples: Unseen['strangers']['two'], recognise: Recognise, desk: Desk): Evaluation['twoRequests'] {
  const both = samples.filter(({ ids, text }) => {
    const { got } = take({ id: ids[0] ?? '', text }, recognise, desk);
    return ids.every((id) => got.certainty === 'sure' && [got.id, ...got.also].includes(id));
  });
  return { count: samples.length, both: share(both.length, samples) };
}

function dangerOfOurs(outcomes: Outcome[]): Evaluation['danger']['ours'] {
  const { figures, missed, alarmed } = dangerFigures(outcomes);
  return { ...figures, missed: missed.map(({ text }) => text), alarmed: alarmed.map(({ text }) => text) };
}

function labelled(id: string, texts: readonly string[]): Sample[] {
  return texts.map((text) => ({ id, text }));
}

function withScope(outcomes: Outcome[]): WithScope {
  return { ...figuresOf(outcomes), outOfScopeRecall: outOfScopeRecall(outcomes) };
}

function wrong(outcomes: Outcome[]): string[] {
  return outcomes
    .filter((outcome) => isWrongButConfident(outcome) && !isRight(outcome))
    .map(({ id, got, text }) => `${id} ← ${got.id} (${got.confidence.toFixed(2)}): ${text}`);
}
