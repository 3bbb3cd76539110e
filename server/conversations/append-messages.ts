import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Author, Message, MessageStatus, Part } from '../contract/message.ts';
import type { Tables, Tx } from '../database/database.ts';
import { json } from '../database/json.ts';
import { preview } from './message-preview.ts';

export type ConversationRow = Selectable<Tables['conversation']>;

/** A message about to take its place in a conversation. */
export interface MessageDraft {
  conversationId: string;
  /** Null in a conversation with a department. */
  ticketId: string | null;
  externalId: string;
  direction: Message['direction'];
  author: Author;
  parts: Part[];
  clientId: string | null;
  status: MessageStatus;
  /** When the citizen said it by the provider's clock: windows count from there, not from when we heard of it. */
  saidAt?: string | undefined;
  /** Nobody said it: no window counts from there. */
  automatic?: boolean | undefined;
  /** How the provider wants the other side addressed from here on. */
  replyTo?: string | undefined;
}

/**
 * Gives drafts the next sequence numbers of their conversations and stores them, with what conversation and ticket
 * remember of their last message, in one round trip.
 *
 * Numbers have no gaps because the caller holds the row locks of `conversations`
 * (see `lockConversations`); `lastSeq` of these rows is moved on here.
 */
export async function appendMessages(
  tx: Tx,
  now: Date,
  conversations: ReadonlyMap<string, ConversationRow>,
  drafts: readonly MessageDraft[],
): Promise<Message[]> {
  if (drafts.length === 0) return [];
  const rows = drafts.map((draft) => {
    const conversation = conversations.get(draft.conversationId);
    if (!conversation) throw new Error(`Conversation ${draft.conversationId} is not locked`);
    conversation.last_seq += 1;
    if (draft.replyTo) conversation.reply_to = draft.replyTo;
    return {
      id: uuid(),
      conversation_id: draft.conversationId,
      seq: conversation.last_seq,
      ticket_id: draft.ticketId,
      channel_account_id: conversation.channel_account_id,
      external_id: draft.externalId,
      direction: draft.direction,
      author_type: draft.author.type,
      author_id: draft.author.id,
      author_name: draft.author.name,
      parts: draft.parts,
      client_id: draft.clientId,
      status: draft.status,
      preview: preview(draft.parts),
      reply_to: draft.replyTo ?? null,
      heard_at: draft.direction === 'in' && !draft.automatic ? earlier(draft.saidAt, now) : null,
    };
  });
  // A system notice is no answer: the inbox goes on showing what people said last, and who owes whom.
  await sql`
    with input as (
      select * from jsonb_to_recordset(${json(rows)}::jsonb) as (
        id uuid, conversation_id uuid, seq int, ticket_id uuid, channel_account_id text, external_id text,
        direction text, author_type text, author_id text, author_name text, parts jsonb, client_id text, status text,
        preview text, reply_to text, heard_at timestamptz)
    ), stored as (
      insert into message (id, conversation_id, seq, ticket_id, channel_account_id, external_id, direction,
        author_type, author_id, author_name, parts, client_id, status, created_at)
      select id, conversation_id, seq, ticket_id, channel_account_id, external_id, direction,
        author_type, author_id, author_name, parts, client_id, status, ${now}::timestamptz from input
    ), moved as (
      update conversation c set last_seq = i.seq, updated_at = ${now}::timestamptz,
        last_inbound_at = greatest(c.last_inbound_at, i.heard_at), reply_to = coalesce(i.reply_to, c.reply_to)
      from (
        select conversation_id, max(seq) as seq, max(heard_at) as heard_at,
          (array_agg(reply_to order by seq desc) filter (where reply_to is not null))[1] as reply_to
        from input group by conversation_id
      ) i
      where c.id = i.conversation_id
    )
    update ticket t set
      last_preview = coalesce(i.preview, t.last_preview),
      last_direction = coalesce(i.direction, t.last_direction),
      last_message_at = case when i.preview is null then t.last_message_at else ${now}::timestamptz end,
      unread = case when i.answered then 0 else t.unread end + i.unread,
      version = t.version + 1,
      updated_at = ${now}::timestamptz
    from (
      select ticket_id,
        (array_agg(preview order by seq desc) filter (where author_type <> 'system'))[1] as preview,
        (array_agg(direction order by seq desc) filter (where author_type <> 'system'))[1] as direction,
        bool_or(author_type = 'operator') as answered,
        count(*) filter (where direction = 'in')::int as unread
      from input group by ticket_id
    ) i where t.id = i.ticket_id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    ticketId: row.ticket_id,
    seq: row.seq,
    direction: row.direction,
    author: { type: row.author_type, id: row.author_id, name: row.author_name },
    parts: row.parts,
    status: row.status,
    failure: null,
    clientId: row.client_id,
    createdAt: now.toISOString(),
  }));
}

/** A clock of the other side that is ahead of ours opens nothing for longer. */
const earlier = (saidAt: string | undefined, now: Date): Date =>
  saidAt && new Date(saidAt) < now ? new Date(saidAt) : now;

/** What to do about a row that another transaction holds: wait for it, or leave it out. */
export type WhenHeld = 'wait' | 'skip';

/**
 * Locks conversations until the transaction ends: the one thing that puts their messages in order. Locks are taken
 * by id, and before those of their tickets, so that two transactions never wait for each other.
 */
export async function lockConversations(
  tx: Tx,
  ids: readonly string[],
  whenHeld: WhenHeld = 'wait',
): Promise<Map<string, ConversationRow>> {
  const query = tx
    .selectFrom('conversation')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .forUpdate();
  const rows = await (whenHeld === 'skip' ? query.skipLocked() : query).execute();
  return new Map(rows.map((row) => [row.id, row]));
}
