import { type Selectable, sql } from 'kysely';
import type { Marks } from '../contract/message.ts';
import type { Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { changed } from './changed.ts';
import { listAnew } from './list-anew.ts';

/** A message by the provider's id of it. */
export interface Target {
  accountId: string;
  externalId: string;
}

type MessageRow = Pick<
  Selectable<Tables['message']>,
  'id' | 'conversation_id' | 'ticket_id' | 'seq' | 'parts' | 'marks'
>;
type ChangeRow = Pick<Selectable<Tables['message_change']>, 'id' | 'change'> & { message_id: string };

/**
 * Makes the changes that wait for these messages, theirs or ours, in the order in which they came, each once. A change
 * and its message that are stored at the same instant miss each other here: the reconciler asks again.
 */
export async function applyChanges(unit: Unit, targets: readonly Target[]): Promise<void> {
  if (targets.length === 0) return;
  const { rows: waiting } = await sql<ChangeRow>`
    with wanted as (
      select distinct t."accountId" as account, t."externalId" as target
      from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as t("accountId" text, "externalId" text)
    )
    select c.id, c.change, m.id as message_id
    from wanted w
    join message_change c on c.channel_account_id = w.account and c.target = w.target and c.applied_at is null
    join lateral (
      select id from message where channel_account_id = w.account and external_id = w.target and direction = 'in'
      union all
      select message_id from message_piece where channel_account_id = w.account and provider_message_id = w.target
      limit 1
    ) m on true
    order by c.id for update of c`.execute(unit.tx);
  if (waiting.length === 0) return;
  const messages = await unit.tx
    .selectFrom('message')
    .select(['id', 'conversation_id', 'ticket_id', 'seq', 'parts', 'marks'])
    .where('id', 'in', [...new Set(waiting.map((row) => row.message_id))])
    .orderBy('id')
    .forUpdate()
    .execute();
  const byMessage = Map.groupBy(waiting, (row) => row.message_id);
  for (const message of messages) await change(unit, message, byMessage.get(message.id) ?? []);
  await unit.tx
    .updateTable('message_change')
    .set({ applied_at: unit.now })
    .where(
      'id',
      'in',
      waiting.map(({ id }) => id),
    )
    .execute();
}

async function change(unit: Unit, message: MessageRow, changes: readonly ChangeRow[]): Promise<void> {
  const before: { parts: MessageRow['parts']; marks: Marks } = { parts: message.parts, marks: message.marks ?? {} };
  const { parts, marks } = changes.reduce((so, { change }) => changed(so, change, unit.now), before);
  await unit.tx
    .updateTable('message')
    .set({ parts: json(parts), marks: json(marks) })
    .where('id', '=', message.id)
    .execute();
  unit.emit('message.changed', message.id);
  if (parts !== message.parts) await listAnew(unit, { ...message, parts });
}

/** Those whose message has come since: it was stored at the same instant, or is one of ours. */
export async function findMissedChanges(unit: Unit, limit: number): Promise<Target[]> {
  const { rows } = await sql<Target>`
    select c.channel_account_id as "accountId", c.target as "externalId"
    from message_change c
    where c.applied_at is null and (
      exists (select from message m
        where m.channel_account_id = c.channel_account_id and m.external_id = c.target and m.direction = 'in')
      or exists (select from message_piece p
        where p.channel_account_id = c.channel_account_id and p.provider_message_id = c.target))
    limit ${limit}`.execute(unit.tx);
  return rows;
}
