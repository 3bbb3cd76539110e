import { defineEntity, p } from '@mikro-orm/core';
import type { TicketState } from '../../contract/http.ts';
import type { BulkAction } from '../../contract/inbox.ts';

/** What of a ticket an action on many changes. */
export interface Standing {
  state: TicketState;
  queue_id: string | null;
  operator_id: string | null;
  reserved_for: string | null;
  priority: number;
}

/** How one of many was, and how it was left. */
export interface BulkStep {
  ticketId: string;
  before: Standing;
  after: Standing;
  snoozedUntil: string | null;
  /** It became part of another: parting them gives it back. */
  merged?: true;
}

/** What can be taken back: something done to many, or several steps done to one. */
export type UndoableAction = BulkAction | { type: 'macro'; macroId: string };

/** What was done to many contacts at once. */
export const BulkChange = defineEntity({
  name: 'BulkChange',
  tableName: 'bulk_action',
  properties: {
    id: p.uuid().primary(),
    operatorId: p.text(),
    action: p.json<UndoableAction>(),
    changes: p.json<BulkStep[]>(),
    at: p.datetime(),
    undoUntil: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
});
