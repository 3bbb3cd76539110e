import type { Desk } from '../../server/contract/bot.ts';
import { BACKGROUND } from '../../server/contract/city.ts';
import { learn, type Recognise } from '../understanding/learn.ts';
import { seededRandom } from '../understanding/seeded-random.ts';
import { FOLDS, foldOf, withoutFold } from './folds.ts';
import {
  type Figures,
  figuresOf,
  isAlarm,
  isDanger,
  isRight,
  isWrongButConfident,
  type Outcome,
  outOfScopeRecall,
  type Sample,
  share,
  take,
} from './measure.ts';
import { typedInHurry } from './mutate.ts';

/** What is never trained on, from the city's `evaluation/`. */
export interface Unseen {
  heldOut: Sample[];
  emergency: string[];
  violence: string[];
  innocent: string[];
}

export interface Evaluation {
  trainingMilliseconds: number;
  /** Each utterance by a recogniser that was trained without it. */
  unseenFold: Figures & { outOfScopeRecall: number };
  typedInHurry: Figures;
  /** The point comes last, after sentences that ask for nothing. */
  longStories: Figures;
  heldOut: Figures & { outOfScopeRecall: number };
  danger: { emergencyRecall: number; violenceRecall: number; falseAlarms: number; missed: string[]; alarmed: string[] };
  byId: Record<string, Pick<Figures, 'count' | 'accuracyAt1' | 'accuracyAt3' | 'wrongButConfident'>>;
  /** What was answered wrongly without asking back: «right» ← «given»: text. */
  wrong: { heldOut: string[]; unseenFold: string[] };
}

const SEED = 2026;
const STORY_SENTENCES = 3;

export function evaluate(desk: Desk, unseen: Unseen): Evaluation {
  const samples = Object.entries(desk.utterances)
    .filter(([id]) => id !== BACKGROUND)
    .flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
  const random = seededRandom(SEED);
  const background = desk.utterances[BACKGROUND] ?? [];
  const around = () =>
    Array.from({ length: STORY_SENTENCES }, () => background[Math.floor(random() * background.length)] ?? '').join(
      '. ',
    );

  const plain: Outcome[] = [];
  const hurried: Outcome[] = [];
  const stories: Outcome[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const recognise = learn({ ...desk, utterances: withoutFold(desk.utterances, fold) });
    for (const sample of samples.filter(({ text }) => foldOf(text) === fold)) {
      plain.push(take(sample, recognise, desk));
      hurried.push(take({ ...sample, text: typedInHurry(sample.text, random) }, recognise, desk));
      if (isRequest(sample)) {
        stories.push(take({ ...sample, text: `${around()}. ${sample.text}` }, recognise, desk));
      }
    }
  }

  const started = performance.now();
  const recognise = learn(desk);
  const trainingMilliseconds = Math.round(performance.now() - started);
  const heldOut = unseen.heldOut.map((sample) => take(sample, recognise, desk));
  return {
    trainingMilliseconds,
    unseenFold: { ...figuresOf(plain), outOfScopeRecall: outOfScopeRecall(plain) },
    typedInHurry: figuresOf(hurried),
    longStories: figuresOf(stories),
    heldOut: { ...figuresOf(heldOut), outOfScopeRecall: outOfScopeRecall(heldOut) },
    danger: dangerFigures(unseen, [...plain, ...heldOut], recognise, desk),
    byId: Object.fromEntries([...Map.groupBy(plain, ({ id }) => id)].map(([id, list]) => [id, figuresOf(list)])),
    wrong: { heldOut: wrong(heldOut), unseenFold: wrong(plain) },
  };
}

/** False alarms are counted among the lookalikes written for it and everything else that is no danger. */
function dangerFigures(unseen: Unseen, rest: Outcome[], recognise: Recognise, desk: Desk): Evaluation['danger'] {
  const heard = (id: string, texts: string[]) => texts.map((text) => take({ id, text }, recognise, desk));
  const emergency = heard('emergencia', unseen.emergency);
  const violence = heard('violencia-genero', unseen.violence);
  const harmless = [...heard('ninguno', unseen.innocent), ...rest.filter(({ id }) => !isDanger(id))];
  const alarmed = harmless.filter(isAlarm);
  return {
    emergencyRecall: share(emergency.filter(isAlarm).length, emergency),
    violenceRecall: share(violence.filter(isAlarm).length, violence),
    falseAlarms: share(alarmed.length, harmless),
    missed: [...emergency, ...violence].filter((outcome) => !isAlarm(outcome)).map(({ text }) => text),
    alarmed: alarmed.map(({ text }) => text),
  };
}

/** What somebody may tell a story about. */
function isRequest({ id }: Sample): boolean {
  return id !== 'saludo' && id !== 'despedida' && id !== 'ninguno';
}

function wrong(outcomes: Outcome[]): string[] {
  return outcomes
    .filter((outcome) => isWrongButConfident(outcome) && !isRight(outcome))
    .map(({ id, got, text }) => `${id} ← ${got.id} (${got.confidence.toFixed(2)}): ${text}`);
}
