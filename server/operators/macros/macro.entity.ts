import { defineEntity, p } from '@mikro-orm/core';
import type { MacroStep } from '../../contract/macro.ts';

/** Several steps that are done as one. */
export const Macro = defineEntity({
  name: 'Macro',
  tableName: 'macro',
  properties: {
    id: p.uuid().primary(),
    shortcut: p.text(),
    title: p.text(),
    steps: p.json<MacroStep[]>(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
