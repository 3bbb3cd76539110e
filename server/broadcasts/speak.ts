import { type Selectable, sql } from 'kysely';
import type { CaseEventRow, CaseRow } from '../cases/case-row.ts';
import { neutralNews, newsParts } from '../cases/case-words.ts';
import { followsOf, secretFor } from '../cases/followers-secret.ts';
import { livingIds } from '../citizens/living.ts';
import type { Message, Part } from '../contract/message.ts';
import { type ConversationRow, lockConversations } from '../conversations/append-messages.ts';
import { openTicketsOf } from '../conversations/open-tickets-of.ts';
import type { Speech } from '../conversations/say.ts';
import type { Tables, Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { SkipReason } from './broadcast.entity.ts';
import type { BroadcastParts, BroadcastRow } from './broadcast-parts.ts';
import { type Way, waysTo } from './ways.ts';

/** What becomes of each recipient. */
interface Outcome extends Pick<Way, 'how' | 'conversationId'> {
  citizen_id: string;
  message_id: string | null;
  reason: SkipReason | null;
}

/** Says a notice to these recipients by the way that there is to each now, and writes down what became of them. */
export async function speak(
  unit: Unit,
  parts: BroadcastParts,
  row: BroadcastRow,
  next: readonly Selectable<Tables['broadcast_recipient']>[],
): Promise<void> {
  const { tx, now } = unit;
  const found = await tx.selectFrom('service_case').selectAll().where('id', '=', row.case_id).executeTakeFirstOrThrow();
  const living = await livingIds(
    tx,
    next.map((recipient) => recipient.citizen_id),
  );
  const people = [...new Set(living.values())];
  const told = await alreadyTold(tx, row.id, people);
  const ways = await waysTo(
    tx,
    parts,
    found,
    people.filter((id) => !told.has(id)),
    row.template,
    now,
  );
  const messages = await sayTo(unit, parts, row, found, ways);
  const outcomes = next.map((recipient): Outcome => {
    const id = living.get(recipient.citizen_id) ?? recipient.citizen_id;
    const way = told.has(id) ? undefined : ways.get(id);
    told.add(id);
    return {
      citizen_id: recipient.citizen_id,
      how: way?.how ?? recipient.how,
      conversationId: way ? way.conversationId : recipient.conversation_id,
      message_id: (way && messages.get(id)?.id) ?? null,
      reason: way ? null : 'same',
    };
  });
  await sql`
    update broadcast_recipient r
    set how = o.how, conversation_id = o."conversationId", message_id = o.message_id, reason = o.reason,
      done_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      as o (citizen_id uuid, how text, "conversationId" uuid, message_id uuid, reason text)
    where r.broadcast_id = ${row.id} and r.citizen_id = o.citizen_id`.execute(tx);
}

/** People who have it already, as themselves or as somebody who turned out to be them. */
async function alreadyTold(tx: Tx, broadcastId: string, people: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with recursive one as (
      select id as living, id from citizen where id = any(${[...people]})
      union all select one.living, c.id from citizen c join one on c.merged_into = one.id
    )
    select distinct one.living as id from one
    join broadcast_recipient r on r.broadcast_id = ${broadcastId} and r.citizen_id = one.id
    where r.message_id is not null`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** @returns what was said, by person */
async function sayTo(
  unit: Unit,
  { cases }: BroadcastParts,
  row: BroadcastRow,
  found: CaseRow,
  ways: ReadonlyMap<string, Way>,
): Promise<Map<string, Message>> {
  const spoken = [...ways].filter(([, { how }]) => how === 'text' || how === 'template');
  const ids = spoken.flatMap(([, { conversationId }]) => conversationId ?? []);
  if (ids.length === 0) return new Map();
  const event = await unit.tx
    .selectFrom('case_event')
    .selectAll()
    .where('case_id', '=', found.id)
    .where('client_id', '=', row.id)
    .executeTakeFirstOrThrow();
  const conversations = await lockConversations(unit.tx, ids);
  const tickets = await openTicketsOf(unit.tx, ids);
  const follows = await followsOf(unit.tx, found.id, [...ways.keys()]);
  const words = (way: Way, conversation: ConversationRow, citizenId: string): Part[] => {
    if (way.neutral) return neutralNews(cases, conversation.locale);
    if (way.how === 'template' && row.template) return [row.template];
    const secret = secretFor(cases.secrets, found, citizenId, follows);
    return newsParts(cases, { row: found, event: event as CaseEventRow }, conversation.locale, secret);
  };
  const department = cases.city.departments[found.department_id] ?? cases.city.contactName;
  const said = spoken.flatMap(([citizenId, way]) => {
    const conversation = conversations.get(way.conversationId ?? '');
    if (!conversation) return [];
    const author = { type: 'department' as const, id: null, name: way.neutral ? cases.city.contactName : department };
    const speech: Speech = {
      conversation,
      ticket: tickets.get(conversation.id) ?? null,
      utterances: [
        { author, parts: words(way, conversation, citizenId), externalId: `broadcast:${row.id}:${citizenId}` },
      ],
    };
    return [{ citizenId, speech }];
  });
  const messages = await cases.say.toMany(
    unit,
    said.map(({ speech }) => speech),
  );
  return new Map(said.map(({ citizenId }, index) => [citizenId, messages[index] as Message]));
}
