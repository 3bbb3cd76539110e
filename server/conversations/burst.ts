import { sql } from 'kysely';
import type { Unit } from '../database/unit-of-work.ts';

/** A burst settles in so many times the channel's own time at most: who never stops writing is answered all the same. */
const LONGEST = 3;
/** How much longer the bot waits for what came with a burst: files, and what is said in voice notes. */
const FILES_SECONDS = 15;

/** Something was said to the bot on a channel where people write as they breathe. */
export interface Said {
  ticketId: string;
  /** Of the channel. */
  settleSeconds: number;
  /** It came with files that are still being fetched. */
  withFiles: boolean;
}

/** Puts the bot's turns off until what people are writing has settled, and promises them for then. */
export async function awaitBursts(unit: Unit, said: readonly Said[]): Promise<void> {
  if (said.length === 0) return;
  const rows = said.map(({ ticketId, settleSeconds, withFiles }) => ({
    ticket_id: ticketId,
    settle: settleSeconds,
    with_files: withFiles,
  }));
  const { rows: due } = await sql<{ id: string; at: Date }>`
    with said as (
      select i.ticket_id, i.with_files, t.bot_waits_until is not null as waits,
        coalesce(t.burst_since, ${unit.now}::timestamptz) as since,
        least(${unit.now}::timestamptz + make_interval(secs => i.settle),
          coalesce(t.burst_since, ${unit.now}::timestamptz) + make_interval(secs => i.settle * ${LONGEST}::int)) as due
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(ticket_id uuid, settle double precision, with_files boolean)
      join ticket t on t.id = i.ticket_id and t.state = 'bot'
    )
    update ticket t set burst_since = s.since, bot_due_at = s.due,
      bot_waits_until = case when s.with_files or s.waits then s.due + make_interval(secs => ${FILES_SECONDS}::int) end
    from said s where t.id = s.ticket_id
    returning t.id, greatest(t.bot_due_at, t.bot_waits_until) as at`.execute(unit.tx);
  for (const { id, at } of due) unit.enqueue('inbound.turn', { ticketId: id }, at);
}

/**
 * A file of this contact is there, or lost: the bot waits for it no longer, unless there are others. Call it in the
 * transaction that says so.
 */
export async function settleNow(unit: Unit, ticketId: string): Promise<void> {
  // Two files may come at the same instant: whoever is second must see the first.
  const waiting = await unit.tx
    .selectFrom('ticket')
    .select(['bot_due_at', 'bot_seq', 'conversation_id'])
    .where('id', '=', ticketId)
    .where('state', '=', 'bot')
    .where('bot_waits_until', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  if (!waiting) return;
  const more = await unit.tx
    .selectFrom('media_fetch as f')
    .innerJoin('message as m', 'm.id', 'f.message_id')
    .select('f.attachment_id')
    .where('m.conversation_id', '=', waiting.conversation_id)
    .where('m.seq', '>', waiting.bot_seq)
    .limit(1)
    .executeTakeFirst();
  if (more) return;
  await unit.tx.updateTable('ticket').set({ bot_waits_until: null }).where('id', '=', ticketId).execute();
  unit.enqueue('inbound.turn', { ticketId }, waiting.bot_due_at ?? undefined);
}
