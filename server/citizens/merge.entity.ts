import { defineEntity, p } from '@mikro-orm/core';
import type { Evidence } from '../contract/merge.ts';

/** What changed hands, by its ids; a follow by `case/id`. */
export type Moved = Record<'identities' | 'conversations' | 'tickets' | 'cases' | 'follows', string[]>;

/** What a merge may fill in where the kept person has nothing. */
export const fillable = ['name', 'email', 'phone', 'about'] as const;
export type Filled = Partial<Record<(typeof fillable)[number], string>>;

/** Two people who turned out to be one, with all it takes to part them again. */
export const CitizenMerge = defineEntity({
  name: 'CitizenMerge',
  tableName: 'citizen_merge',
  properties: {
    id: p.uuid().primary(),
    keptId: p.uuid(),
    mergedId: p.uuid(),
    evidence: p.json<Evidence[]>(),
    moved: p.json<Moved>(),
    filled: p.json<Filled>(),
    operatorId: p.text(),
    operatorName: p.text(),
    at: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
});
