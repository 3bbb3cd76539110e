import { type Selectable, sql } from 'kysely';
import { preview } from '../conversations/message-preview.ts';
import type { Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { StoredArrival } from '../email/store-letters.ts';

type Answered = Pick<Selectable<Tables['message']>, 'conversation_id' | 'seq' | 'parts'> & { target: string };

/** Marks messages that point at another of their conversation, theirs or ours. What points elsewhere points at nothing. */
export async function pointAtAnswered(unit: Unit, stored: readonly StoredArrival[]): Promise<void> {
  const pointing = stored.filter(({ arrival }) => arrival.event.repliesTo !== undefined);
  if (pointing.length === 0) return;
  const targets = pointing.map(({ arrival: { event }, conversation }) => ({
    conversation_id: conversation.id,
    account: conversation.channel_account_id,
    target: event.repliesTo,
  }));
  const { rows } = await sql<Answered>`
    select w.target, m.conversation_id, m.seq, m.parts
    from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as w(conversation_id uuid, account text, target text)
    join lateral (
      select id from message where channel_account_id = w.account and external_id = w.target
      union all
      select message_id from message_piece where channel_account_id = w.account and provider_message_id = w.target
    ) found on true
    join message m on m.id = found.id and m.conversation_id = w.conversation_id`.execute(unit.tx);
  for (const { arrival, conversation, message } of pointing) {
    const answered = rows.find(
      (row) =>
        row.conversation_id === conversation.id && row.target === arrival.event.repliesTo && row.seq !== message.seq,
    );
    if (!answered) continue;
    message.marks = { repliesTo: { seq: answered.seq, preview: preview(answered.parts) ?? '' } };
    await unit.tx
      .updateTable('message')
      .set({ marks: json(message.marks) })
      .where('id', '=', message.id)
      .execute();
  }
}
