import { sql } from 'kysely';
import { erasedColumns } from '../person/personal-rows.ts';
import type { RetentionParts } from './retention-parts.ts';

const theirs = (tickets: readonly string[]) => sql`
  t.conversation_id in (select c.conversation_id from ticket c where c.id = any(${[...tickets]}))
  and t.ticket_id = any(${[...tickets]})`;

/** What was said and noted in contacts, their mails as they came, and the files that hang on them. */
export async function forgetWords(parts: RetentionParts, tickets: readonly string[]): Promise<void> {
  if (tickets.length === 0) return;
  const { database, files } = parts;
  await forgetFiles(parts, tickets);
  const { rows } = await sql<{ key: string }>`
    select distinct e.raw_key as key from email e join message t on t.id = e.message_id
    where ${theirs(tickets)} and e.raw_key is not null`.execute(database.db);
  for (const { key } of rows) await files.remove(key);
  await database.transaction(async (tx) => {
    const messages = sql`t.message_id in (select t.id from message t where ${theirs(tickets)})`;
    await sql`update email t set ${erasedColumns('email')} where ${messages}`.execute(tx);
    await sql`delete from message_translation t where ${messages}`.execute(tx);
    await sql`update message_piece t set ${erasedColumns('message_piece')} where ${messages}`.execute(tx);
    await sql`update message t set ${erasedColumns('message')}
      where ${theirs(tickets)} and t.external_id <> 'erased:' || t.id`.execute(tx);
    await sql`update ticket_event t set ${erasedColumns('ticket_event')}
      where t.ticket_id = any(${[...tickets]}) and t.type in ('note', 'forwarded', 'forward_answered', 'forward_failed')`.execute(
      tx,
    );
    await sql`update ticket t set ${erasedColumns('ticket')} where t.id = any(${[...tickets]})`.execute(tx);
    await sql`delete from search_entry t where t.ticket_id = any(${[...tickets]})`.execute(tx);
  });
}

/** Files that messages carry. Photos of a case are the case's. In its place stays that there was one. */
export async function forgetFiles({ database, files }: RetentionParts, tickets: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string; key: string }>`
    select distinct a.id, a.storage_key as key
    from message t cross join lateral jsonb_array_elements(t.parts) p
    join attachment a on a.id = (p ->> 'attachmentId')::uuid
    where ${theirs(tickets)} and p ->> 'type' = 'media'
      and not exists (select from case_attachment f where f.attachment_id = a.id)`.execute(database.db);
  for (const { key } of rows) await files.remove(key);
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await database.transaction(async (tx) => {
    await sql`update message t set parts = (
        select jsonb_agg(case when p ->> 'attachmentId' = any(${ids})
          then (p - 'transcript' - 'arriving') || '{"lost": "gone"}' else p end order by n)
        from jsonb_array_elements(t.parts) with ordinality x (p, n))
      where ${theirs(tickets)} and exists (
        select from jsonb_array_elements(t.parts) p where p ->> 'attachmentId' = any(${ids}))`.execute(tx);
    await tx.deleteFrom('attachment').where('id', 'in', ids).execute();
  });
}

/** What the bot wrote down while it thought. How it went stays: figures are made of it. */
export async function forgetBotTurns({ database }: RetentionParts, tickets: readonly string[]): Promise<void> {
  if (tickets.length === 0) return;
  await database.transaction(async (tx) => {
    await sql`update bot_turn t set ${erasedColumns('bot_turn')} where t.ticket_id = any(${[...tickets]})`.execute(tx);
    await sql`update ticket set bot_state = null where id = any(${[...tickets]}) and bot_state is not null`.execute(tx);
  });
}
