import { type Selectable, sql } from 'kysely';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Changeable, changed } from './changed.ts';
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
  const anew = messages.map((message) => ({
    ...message,
    ...after(message, byMessage.get(message.id) ?? [], unit.now),
  }));
  await sql`
    update message m set parts = i.parts, marks = i.marks
    from jsonb_to_recordset(${JSON.stringify(anew)}::jsonb) as i(id uuid, parts jsonb, marks jsonb)
    where m.id = i.id`.execute(unit.tx);
  await listAnew(unit, anew);
  for (const { id } of anew) unit.emit('message.changed', id);
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

const after = ({ parts, marks }: MessageRow, changes: readonly ChangeRow[], now: Date): Changeable =>
  changes.reduce<Changeable>((so, { change }) => changed(so, change, now), { parts, marks: marks ?? {} });

/** What has waited for longer is about a message that was never ours to see; should it come, it finds them itself. */
const LOOKED_FOR_DAYS = 2;

/** Those whose message has come since: it was stored at the same instant, or is one of ours. */
export async function findMissedChanges(unit: Unit, limit: number): Promise<Target[]> {
  const { rows } = await sql<Target>`
    select c.channel_account_id as "accountId", c.target as "externalId"
    from message_change c
    where c.applied_at is null
      and c.received_at > ${unit.now}::timestamptz - make_interval(days => ${LOOKED_FOR_DAYS}::int) and (
      exists (select from message m
        where m.channel_account_id = c.channel_account_id and m.external_id = c.target and m.direction = 'in')
      or exists (select from message_piece p
        where p.channel_account_id = c.channel_account_id and p.provider_message_id = c.target))
    limit ${limit}`.execute(unit.tx);
  return rows;
}
