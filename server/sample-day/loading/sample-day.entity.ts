import { defineEntity, p } from '@mikro-orm/core';
import type { SampleDay as SampleDayShape } from '../../contract/sample-day.ts';

/** The sample day that is there, or is being played; one at most. */
export const SampleDay = defineEntity({
  name: 'SampleDay',
  tableName: 'sample_day',
  properties: {
    id: p.uuid().primary(),
    state: p.text().$type<Exclude<SampleDayShape['state'], 'none'>>(),
    seed: p.bigint('number'),
    progress: p.float(),
    /** What time it is in it while it is being played, and who waits there. */
    playedUntil: p.datetime().nullable(),
    waiting: p.integer(),
    beginsAt: p.datetime(),
    endsAt: p.datetime(),
    contacts: p.integer(),
    cases: p.integer(),
    startedBy: p.text(),
    startedByName: p.text(),
    reason: p.text().nullable(),
    heardAt: p.datetime(),
    createdAt: p.datetime(),
  },
});

/** A row that came with it, from which others are found. */
export const SampleRow = defineEntity({
  name: 'SampleRow',
  tableName: 'sample_row',
  properties: {
    tableName: p.text().primary(),
    key: p.text().primary(),
  },
});
