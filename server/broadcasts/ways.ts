import { type Selectable, sql } from 'kysely';
import type { CaseRow } from '../cases/case-row.ts';
import type { Reach } from '../contract/broadcast.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { TemplatePart } from '../contract/message.ts';
import type { Db, Tables } from '../database/database.ts';
import type { BroadcastParts } from './broadcast-parts.ts';

/** How somebody would be told, and where. */
export interface Way {
  how: Reach;
  /** Null where there is no way. */
  conversationId: string | null;
  channel: ChannelName | null;
  /** They are told in words that say nothing, where they said that it is safe. */
  neutral: boolean;
}

/** Conversations of one person that are looked at, newest first. */
const CONVERSATIONS = 10;

type Conversation = Pick<
  Selectable<Tables['conversation']>,
  'id' | 'citizen_id' | 'channel' | 'channel_account_id' | 'last_inbound_at' | 'created_at'
> & { opted_out: boolean };

/**
 * How these people would be told of a case now: in the newest conversation in which anything may be said. Where they
 * asked for no more notices in a newer one, they are not followed elsewhere. Whoever is protected, or all of a protected
 * case, is told where it is safe and nowhere else.
 */
export async function waysTo(
  db: Db,
  parts: Pick<BroadcastParts, 'channels' | 'windows'>,
  row: CaseRow,
  people: readonly string[],
  template: TemplatePart | null,
  now: Date,
): Promise<ReadonlyMap<string, Way>> {
  const safe = await safeConversations(db, row, people);
  const plain = people.filter((id) => !safe.has(id));
  const conversations = await conversationsOf(
    db,
    plain,
    [...safe.values()].flatMap((id) => id ?? []),
  );
  const way = (conversation: Conversation): Way => ({
    how: reachIn(parts, conversation, template, now),
    conversationId: conversation.id,
    channel: conversation.channel,
    neutral: false,
  });
  return new Map(
    people.map((id): [string, Way] => {
      const own = conversations.filter((conversation) => conversation.citizen_id === id);
      if (!safe.has(id)) return [id, own.map(way).find(({ how }) => how !== 'unreachable') ?? nowhere];
      const found = own.find((conversation) => conversation.id === safe.get(id));
      // The words of a template are not neutral.
      const there = found && reachIn(parts, found, null, now);
      if (!found || !there || there === 'unreachable') return [id, { ...nowhere, how: 'unsafe' }];
      return [id, { ...way(found), how: there, neutral: true }];
    }),
  );
}

const nowhere: Way = { how: 'unreachable', conversationId: null, channel: null, neutral: false };

function reachIn(
  { channels, windows }: Pick<BroadcastParts, 'channels' | 'windows'>,
  conversation: Conversation,
  template: TemplatePart | null,
  now: Date,
): Reach {
  if (conversation.opted_out) return 'opted_out';
  if (!channels.has(conversation.channel)) return 'unreachable';
  if (windows.isOpen(conversation, now)) return 'text';
  const known = template && windows.templates(conversation).some(({ id }) => id === template.templateId);
  return known ? 'template' : 'unreachable';
}

/** Where it is safe to write to those who are protected; null where nothing is. Others are missing. */
async function safeConversations(db: Db, row: CaseRow, people: readonly string[]): Promise<Map<string, string | null>> {
  if (row.protected) {
    const agreed = row.safe_contact?.channel === 'this_chat' ? row.conversation_id : null;
    return new Map(people.map((id) => [id, id === row.citizen_id ? agreed : null]));
  }
  const { rows } = await sql<{ id: string; safe: string | null }>`
    select p.id, (
      select c.conversation_id from service_case c
      where c.citizen_id = p.id and c.protected and c.safe_contact->>'channel' = 'this_chat'
      order by c.opened_at desc limit 1) as safe
    from unnest(${[...people]}::uuid[]) as p (id)
    where exists (select from ticket t where t.citizen_id = p.id and t.protected)
      or exists (select from service_case c where c.citizen_id = p.id and c.protected)`.execute(db);
  return new Map(rows.map(({ id, safe }) => [id, safe]));
}

/** The newest ones of these people, and these ones; newest first. */
async function conversationsOf(db: Db, people: readonly string[], ids: readonly string[]): Promise<Conversation[]> {
  const { rows } = await sql<Conversation>`
    select c.id, c.citizen_id, c.channel, c.channel_account_id, c.last_inbound_at, c.created_at,
      exists (
        select from identity i
        left join address_alias a on a.channel_account_id = c.channel_account_id and a.alias = i.address
        where i.citizen_id = c.citizen_id and i.channel = c.channel and i.opted_out_at is not null
          and c.address in (i.address, a.address))
      or exists (
        select from email_address e
        where c.channel = 'email' and e.address = c.address and e.opted_out_at is not null) as opted_out
    from (
      select newest.* from unnest(${[...people]}::uuid[]) as p (id)
      cross join lateral (
        select * from conversation where citizen_id = p.id and side_of is null and channel <> 'voice'
        order by updated_at desc limit ${CONVERSATIONS}
      ) newest
      union all select * from conversation where id = any(${[...ids]}) and channel <> 'voice'
    ) c order by c.updated_at desc`.execute(db);
  return rows;
}
