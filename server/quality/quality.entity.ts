import { defineEntity, p } from '@mikro-orm/core';
import type { PlanRule, ReviewAnswers } from '../contract/quality.ts';
import type { QualityForm as QualityFormShape } from '../contract/quality-form.ts';
import type { AppealState, ReviewEventType, ReviewState } from '../contract/quality-terms.ts';

/** A version of the form by which contacts are scored. */
export const QualityForm = defineEntity({
  name: 'QualityForm',
  tableName: 'quality_form',
  properties: {
    version: p.integer().primary(),
    form: p.json<QualityFormShape>(),
    savedAt: p.datetime(),
    /** Null: the city's content. */
    savedBy: p.text().nullable(),
  },
});

/** How contacts to score are drawn. */
export const QualityPlan = defineEntity({
  name: 'QualityPlan',
  tableName: 'quality_plan',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    active: p.boolean(),
    rule: p.json<PlanRule>(),
    perOperator: p.integer(),
    reviewerIds: p.json<string[]>(),
    /** The day of the city on which it last drew by itself. */
    drawnOn: p.date().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const QualityDraw = defineEntity({
  name: 'QualityDraw',
  tableName: 'quality_draw',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    at: p.datetime(),
    seed: p.text(),
    candidates: p.integer(),
    picked: p.integer(),
  },
});

/** One contact, scored by one person. */
export const QualityReview = defineEntity({
  name: 'QualityReview',
  tableName: 'quality_review',
  properties: {
    id: p.uuid().primary(),
    ticketId: p.uuid(),
    /** Whose work it is about. */
    operatorId: p.text(),
    reviewerId: p.text(),
    planId: p.uuid().nullable(),
    state: p.text().$type<ReviewState>(),
    /** Null: nothing is answered yet. */
    formVersion: p.integer().nullable(),
    answers: p.json<ReviewAnswers>(),
    comment: p.text(),
    score: p.double().$type<number>().nullable(),
    failed: p.boolean(),
    appeal: p.text().$type<AppealState>(),
    createdAt: p.datetime(),
    publishedAt: p.datetime().nullable(),
    seenAt: p.datetime().nullable(),
    acknowledgedAt: p.datetime().nullable(),
  },
});

export interface ReviewEventData {
  text?: string;
  /** What an appeal changed. */
  before?: { score: number | null; answers: ReviewAnswers };
  after?: { score: number | null; answers: ReviewAnswers };
}

/** The story of a review: what was said, and nothing of it is ever changed. */
export const QualityEvent = defineEntity({
  name: 'QualityEvent',
  tableName: 'quality_event',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    reviewId: p.uuid(),
    type: p.text().$type<ReviewEventType>(),
    at: p.datetime(),
    actorId: p.text().nullable(),
    actorName: p.text().nullable(),
    data: p.json<ReviewEventData>(),
  },
});

/** One contact, scored by several people who do not see what the others say. */
export const QualityCalibration = defineEntity({
  name: 'QualityCalibration',
  tableName: 'quality_calibration',
  properties: {
    id: p.uuid().primary(),
    ticketId: p.uuid(),
    operatorId: p.text(),
    formVersion: p.integer(),
    startedBy: p.text(),
    startedAt: p.datetime(),
    closedAt: p.datetime().nullable(),
  },
});

export const QualityOpinion = defineEntity({
  name: 'QualityOpinion',
  tableName: 'quality_opinion',
  properties: {
    calibrationId: p.uuid().primary(),
    reviewerId: p.text().primary(),
    answers: p.json<ReviewAnswers>(),
    comment: p.text(),
    submittedAt: p.datetime().nullable(),
  },
});
