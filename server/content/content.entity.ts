import { defineEntity, p } from '@mikro-orm/core';
import type { Phrase } from '../contract/errors.ts';

/** An article as somebody saved it in the console. The highest version is quoted; the city's file is version 0. */
export const ArticleVersion = defineEntity({
  name: 'ArticleVersion',
  tableName: 'article_version',
  properties: {
    articleId: p.text().primary(),
    version: p.integer().primary(),
    title: p.json<Phrase>(),
    body: p.json<Phrase>(),
    departmentId: p.text().nullable(),
    source: p.text().nullable(),
    responsible: p.text().nullable(),
    /** Last local day on which it may be quoted, `2026-12-31`. */
    validUntil: p.text().nullable(),
    editedBy: p.text().nullable(),
    editedByName: p.text().nullable(),
    at: p.datetime(),
  },
});

/** A service, a department or a sentence as somebody saved it. The highest version counts; the city's file is version 0. */
export const ContentVersion = defineEntity({
  name: 'ContentVersion',
  tableName: 'content_version',
  properties: {
    kind: p.text().$type<'service' | 'department' | 'phrase'>().primary(),
    id: p.text().primary(),
    version: p.integer().primary(),
    /** Null: as the city's file has it, whatever that comes to say. */
    value: p.json<unknown>().nullable(),
    editedBy: p.text().nullable(),
    editedByName: p.text().nullable(),
    at: p.datetime(),
  },
});

/** Words that the bot was taught in the console, beside those of the city's files. */
export const Utterance = defineEntity({
  name: 'Utterance',
  tableName: 'utterance',
  properties: {
    id: p.uuid().primary(),
    catalogueId: p.text(),
    text: p.text(),
    /** The turn in which a citizen said so. */
    turnId: p.uuid().nullable(),
    addedBy: p.text().nullable(),
    addedByName: p.text().nullable(),
    at: p.datetime(),
    withdrawnBy: p.text().nullable(),
    withdrawnAt: p.datetime().nullable(),
  },
});
