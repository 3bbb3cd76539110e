import { defineEntity, p } from '@mikro-orm/core';
import type { WarningKind } from '../contract/warning.ts';

/** What colleagues are told of a person for a while. It stays with whom it was written about when people are merged. */
export const CitizenWarning = defineEntity({
  name: 'CitizenWarning',
  tableName: 'citizen_warning',
  properties: {
    id: p.uuid().primary(),
    citizenId: p.uuid(),
    kind: p.text().$type<WarningKind>(),
    text: p.text(),
    protected: p.boolean(),
    operatorId: p.text(),
    operatorName: p.text(),
    at: p.datetime(),
    until: p.datetime(),
  },
});
