import { defineEntity, p } from '@mikro-orm/core';
import type { Shaped, TryOut } from '../contract/bot.ts';
import type { Addition, BotTurnRow, Certainty } from '../contract/learning.ts';

/** Where the bot answered, what it took the words for, and how it went. The words themselves stay in the messages. */
export const BotTurn = defineEntity({
  name: 'BotTurn',
  tableName: 'bot_turn',
  properties: {
    id: p.uuid().primary(),
    ticketId: p.uuid(),
    conversationId: p.uuid(),
    /** The messages it answered, by seq. */
    fromSeq: p.integer(),
    upToSeq: p.integer(),
    /** Its own messages; null where it said nothing. */
    replyFromSeq: p.integer().nullable(),
    replyToSeq: p.integer().nullable(),
    understood: p.text().nullable(),
    confidence: p.float().nullable(),
    certainty: p.text().$type<Certainty>().nullable(),
    outcome: p.text().$type<BotTurnRow['outcome']>(),
    corrected: p.boolean(),
    /** What they meant instead, if they said so. */
    correctedTo: p.text().nullable(),
    shaped: p.json<readonly Shaped[]>().nullable(),
    mark: p.text().$type<NonNullable<BotTurnRow['mark']>>().nullable(),
    markedBy: p.text().nullable(),
    markedByName: p.text().nullable(),
    reviewed: p.text().$type<NonNullable<BotTurnRow['reviewed']>>().nullable(),
    reviewedBy: p.text().nullable(),
    at: p.datetime(),
  },
});

/** What new utterances would change, measured before they go live. */
export const LearningTrial = defineEntity({
  name: 'LearningTrial',
  tableName: 'learning_trial',
  properties: {
    id: p.uuid().primary(),
    additions: p.json<Addition[]>(),
    revision: p.integer(),
    result: p.json<TryOut>().nullable(),
    failed: p.boolean(),
    startedBy: p.text(),
    at: p.datetime(),
    finishedAt: p.datetime().nullable(),
    publishedAt: p.datetime().nullable(),
  },
});
