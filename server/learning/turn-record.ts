import { v7 as uuid } from 'uuid';
import type { BotOutcome } from '../contract/bot.ts';
import type { TurnOutcome } from '../contract/learning.ts';
import type { Message } from '../contract/message.ts';

/** A turn as its row of `bot_turn` begins. */
export interface TurnRecord {
  turn_id: string | null;
  from_seq: number | null;
  reply_from_seq: number | null;
  reply_to_seq: number | null;
  understood: string | null;
  confidence: number | null;
  certainty: string | null;
  outcome: TurnOutcome;
  shaped: BotOutcome['shaped'] | null;
  corrects: boolean;
  corrected_to: string | null;
}

/**
 * What is kept of a turn: where it stands and how it went, never what was said.
 * @param heard seq of the first message it answered; null when it broke a silence, of which nothing is kept
 * @param replies its messages as stored
 */
export function turnRecord(outcome: BotOutcome, heard: number | null, replies: readonly Message[]): TurnRecord {
  const went = outcomeOf(outcome);
  // What somebody in danger wrote about is told nowhere but in the conversation itself.
  const understood = went === 'danger' || outcome.handOff?.protected ? undefined : outcome.understood;
  return {
    turn_id: heard === null ? null : uuid(),
    from_seq: heard,
    reply_from_seq: replies[0]?.seq ?? null,
    reply_to_seq: replies.at(-1)?.seq ?? null,
    understood: understood?.id ?? null,
    confidence: understood?.confidence ?? null,
    certainty: understood?.certainty ?? null,
    outcome: went,
    shaped: outcome.shaped?.length ? outcome.shaped : null,
    corrects: outcome.corrects !== undefined,
    corrected_to: outcome.corrects?.id ?? null,
  };
}

function outcomeOf({ handOff, understood, replies }: BotOutcome): TurnOutcome {
  if (handOff?.reason === 'danger') return 'danger';
  if (handOff) return handOff.reason === 'missed' ? 'missed' : 'handed_off';
  const parts = replies.flat();
  // «Sí» is nothing that the catalogue knows, and yet an answer: who is missed is shown what there is.
  if (understood?.certainty === 'unsure' && parts.some((part) => part.type === 'choices')) return 'missed';
  // The secret is given once, to whoever opens a case or begins to follow one.
  if (parts.some((part) => part.type === 'folio' && part.secret !== null)) return 'case_opened';
  const asks = understood?.certainty === 'between' || parts.some((part) => part.type === 'request');
  return asks ? 'asked' : 'answered';
}
