import { defineEntity, p } from '@mikro-orm/core';
import type { TicketState } from '../../../contract/http.ts';

/** What of a ticket a merge changes, without a word of what was said. Times as ISO 8601, because they are kept as JSON. */
export interface MergedStanding {
  state: TicketState;
  queue_id: string | null;
  operator_id: string | null;
  reserved_for: string | null;
  priority: number;
  protected: boolean;
  unread: number;
  clock_at: string;
  service_level_due_at: string | null;
  snoozed_until: string | null;
}

export interface BeforeMerge {
  merged: MergedStanding;
  kept: MergedStanding;
  /** How the kept one was left: what somebody changed since stays when it is undone. */
  left: MergedStanding;
  /** Last seq of each conversation of the matter. */
  seqs: Record<string, number>;
  /** The line of the kept one's story that tells of it. */
  eventId: number;
}

/** What the merged contact had and the kept one has now. */
export interface MovedAlong {
  cases: string[];
  incidentId: string | null;
  followUps: string[];
  /** Conversations with departments. */
  sides: string[];
}

/** A contact that became part of another, with what is needed to part them again. */
export const TicketMerge = defineEntity({
  name: 'TicketMerge',
  tableName: 'ticket_merge',
  properties: {
    id: p.uuid().primary(),
    number: p.bigint('number').autoincrement(),
    mergedId: p.uuid(),
    keptId: p.uuid(),
    before: p.json<BeforeMerge>(),
    moved: p.json<MovedAlong>(),
    operatorId: p.text(),
    operatorName: p.text(),
    at: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
});
