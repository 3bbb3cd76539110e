import type { Content } from './content.ts';
import { type Danger, dangerOf } from './danger-ids.ts';
import { findDanger } from './find-danger.ts';
import type { Ranked, Recognise } from './learn.ts';
import { wordsOf } from './normalise.ts';
import { passagesOf } from './requests.ts';

export interface DangerJudged {
  /** sure: sound the alarm. between: ask whether somebody is in danger. */
  certainty: 'sure' | 'between';
  kind: Danger;
  /** 0 to 1. */
  confidence: number;
}

/** How much one of the city's words of danger adds to how likely it is by what was learnt. */
const NAMED = 0.3;
/** From here on the alarm is sounded, and from here on asked: one for nothing costs less than one that is missed. */
const ALARM = 0.35;
const ASK = 0.12;
/** A few words that name no danger say too little for that: «no me sirvió», «Hidalgo y Madero». */
const FEW_WORDS = 4;
const ASK_OF_FEW = 0.3;
/** A passage by itself lacks what was said around it: one as clear as this is asked about, if the whole hints at it. */
const CLEAR_PASSAGE = 0.85;
const HINT = 0.03;
/** Shorter texts are one passage. */
const LONG_WORDS = 14;
/** Of longer ones the end is read: the point comes last. */
const MOST_PASSAGES = 40;

/** Whether somebody is in danger: by the city's words for it and by what was learnt, in the whole or in one passage. */
export function judgeDanger(said: string, meant: string, recognise: Recognise, desk: Content): DangerJudged | null {
  const named = findDanger(said, desk.danger);
  const whole = oddsOf(recognise(meant), desk);
  const confidence = Math.min(1, whole.confidence + (named ? NAMED : 0));
  const few = !named && wordsOf(meant).length <= FEW_WORDS;
  if (confidence >= (few ? ASK_OF_FEW : ASK)) {
    return { certainty: confidence >= ALARM ? 'sure' : 'between', kind: named ?? whole.kind, confidence };
  }
  if (whole.confidence < HINT || wordsOf(meant).length < LONG_WORDS) return null;
  const clear = passagesOf(meant)
    .slice(-MOST_PASSAGES)
    .map((passage) => oddsOf(recognise(passage), desk))
    .find(isClear);
  return clear ? { certainty: 'between', kind: clear.kind, confidence: ASK } : null;
}

interface Odds {
  kind: Danger;
  confidence: number;
}

function oddsOf(ranked: readonly Ranked[], desk: Content): Odds {
  const found = ranked.flatMap(({ id, confidence }) => {
    const kind = dangerOf(id, desk);
    return kind ? [{ kind, confidence }] : [];
  });
  const confidence = found.reduce((sum, odds) => sum + odds.confidence, 0);
  return { kind: found[0]?.kind ?? 'emergency', confidence };
}

function isClear({ confidence }: Odds): boolean {
  return confidence >= CLEAR_PASSAGE;
}
