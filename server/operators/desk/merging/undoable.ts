import { sql } from 'kysely';
import type { Db } from '../../../database/database.ts';
import type { BeforeMerge } from './ticket-merge.entity.ts';

export interface StandingMerge {
  id: string;
  merged_id: string;
  kept_id: string;
  operator_id: string;
  operator_name: string;
  at: Date;
  before: BeforeMerge;
  /** The kept one is open, it was the last one merged into it, and nobody has written anything since. */
  undoable: boolean;
}

/** The merges that stand of these merged contacts, each with whether it can still be undone. */
export async function standingMerges(db: Db, mergedIds: readonly string[]): Promise<StandingMerge[]> {
  if (mergedIds.length === 0) return [];
  const { rows } = await sql<StandingMerge>`
    select m.id, m.merged_id, m.kept_id, m.operator_id, m.operator_name, m.at, m.before,
      k.state <> 'closed'
      and not exists (
        select from ticket_merge l where l.kept_id = m.kept_id and l.undone_at is null and l.number > m.number)
      and not exists (
        select from jsonb_each_text(m.before->'seqs') s (conversation_id, seq)
        join message w on w.conversation_id = s.conversation_id::uuid and w.seq > s.seq::int
        where w.author_type <> 'system')
      and not exists (
        select from ticket_event e
        where e.ticket_id = m.kept_id and e.type = 'note' and e.id > (m.before->>'eventId')::bigint) as undoable
    from ticket_merge m join ticket k on k.id = m.kept_id
    where m.merged_id = any(${[...mergedIds]}) and m.undone_at is null
    order by m.number`.execute(db);
  return rows;
}
