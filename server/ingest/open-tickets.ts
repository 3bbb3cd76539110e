import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { ConversationRow } from '../conversations/append-messages.ts';
import { citizenActor, type EventDraft, recordEvents } from '../conversations/change-ticket.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Entrant, enterQueue } from '../routing/queue-entry.ts';
import { reopenTicket } from '../routing/reopen-ticket.ts';
import { wakeTicket } from '../routing/wake-ticket.ts';

/** A locked conversation in which a citizen has just said something. */
export interface Contact {
  conversation: ConversationRow;
  /** Where a new ticket waits at once; without it the bot has it first. */
  queueId: string | undefined;
  subject: string | null;
  /** Only machines wrote. */
  automatic: boolean;
  /** Nothing was said that a contact begins with. */
  beginsNothing: boolean;
}

export type OpenTicket = Pick<
  Selectable<Tables['ticket']>,
  'id' | 'number' | 'conversation_id' | 'state' | 'operator_id' | 'queue_id' | 'protected'
>;

export interface OpenedTickets {
  /** By conversation id. */
  tickets: Map<string, OpenTicket>;
  /** Ids of those that began just now. */
  begun: ReadonlySet<string>;
}

const columns = ['id', 'number', 'conversation_id', 'state', 'operator_id', 'queue_id', 'protected'] as const;

/**
 * The ticket of each contact: the open one, or the open one that the last became part of, woken if it was put aside;
 * on channels with threads the last one, opened
 * again where its queue's rule says so; else a new one, whose place in any queue counts from now. What machines write
 * wakes and opens nothing that there is.
 */
export async function openTickets(unit: Unit, contacts: readonly Contact[], priority: number): Promise<OpenedTickets> {
  const tickets = await open(unit, contacts);
  const closed = contacts.filter(({ conversation }) => !tickets.has(conversation.id));
  for (const [id, ticket] of await answered(unit, closed)) tickets.set(id, ticket);
  const strangers = contacts.filter(
    ({ conversation, beginsNothing }) => !beginsNothing && !tickets.has(conversation.id),
  );
  const made = await begin(unit, strangers, priority);
  for (const ticket of made) tickets.set(ticket.conversation_id, ticket);
  return { tickets, begun: new Set(made.map(({ id }) => id)) };
}

async function open(unit: Unit, contacts: readonly Contact[]): Promise<Map<string, OpenTicket>> {
  const rows = await lockOpen(
    unit,
    contacts.map(({ conversation }) => conversation.id),
  );
  const own = new Map(rows.map((row) => [row.conversation_id, row]));
  const without = contacts.filter(({ conversation }) => conversation.last_seq > 0 && !own.has(conversation.id));
  const wentOn = rows.length > 0 && without.length > 0 ? await mergedInto(unit, without) : new Map<string, string>();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const tickets = new Map<string, OpenTicket>();
  const woken = new Map<string, OpenTicket>();
  for (const { conversation, automatic } of contacts) {
    const ticket = own.get(conversation.id) ?? byId.get(wentOn.get(conversation.id) ?? '');
    if (!ticket) continue;
    if (ticket.state === 'snoozed' && !automatic && !woken.has(ticket.id)) {
      woken.set(ticket.id, await wakeTicket(unit, ticket, { actor: citizenActor(conversation), reason: 'answered' }));
    }
    tickets.set(conversation.id, woken.get(ticket.id) ?? ticket);
  }
  return tickets;
}

/** What a conversation's last contact became part of. Its lock is held, so that cannot change meanwhile. */
const lastMerged = (ids: readonly string[]) => sql`
  unnest(${[...ids]}::uuid[]) as x (id)
  cross join lateral (
    select conversation_id, channel, merged_into from ticket where conversation_id = x.id order by number desc limit 1
  ) l
  -- A call begins a contact of its own: somebody is to answer it.
  where l.merged_into is not null and l.channel <> 'voice'`;

/** The open tickets of these conversations, and those that their last contacts became part of. */
function lockOpen(unit: Unit, conversationIds: readonly string[]): Promise<Selectable<Tables['ticket']>[]> {
  return unit.tx
    .selectFrom('ticket')
    .selectAll()
    .where(
      'id',
      'in',
      sql<string>`(
        select id from ticket where conversation_id = any(${[...conversationIds]}::uuid[]) and state <> 'closed'
        union all select l.merged_into from ${lastMerged(conversationIds)})`,
    )
    .where('state', '<>', 'closed')
    .orderBy('id')
    .forUpdate()
    .execute();
}

async function mergedInto(unit: Unit, contacts: readonly Contact[]): Promise<Map<string, string>> {
  const ids = contacts.map(({ conversation }) => conversation.id);
  const { rows } = await sql<{ conversation_id: string; merged_into: string }>`
    select l.conversation_id, l.merged_into from ${lastMerged(ids)}`.execute(unit.tx);
  return new Map(rows.map((row) => [row.conversation_id, row.merged_into]));
}

/** The last ticket of conversations with a thread, as far as an answer still belongs to it. */
async function answered(unit: Unit, contacts: readonly Contact[]): Promise<Map<string, OpenTicket>> {
  const earlier = contacts.filter(({ conversation }) => conversation.thread !== '' && conversation.last_seq > 0);
  if (earlier.length === 0) return new Map();
  const rows = await unit.tx
    .selectFrom('ticket as t')
    .innerJoin('queue as q', 'q.id', 't.queue_id')
    .selectAll('t')
    .select(sql<boolean>`t.closed_at > ${unit.now}::timestamptz - make_interval(days => q.reopen_days)`.as('recent'))
    .where(
      't.id',
      'in',
      sql<string>`(select distinct on (conversation_id) id from ticket
        where conversation_id = any(${earlier.map(({ conversation }) => conversation.id)})
        order by conversation_id, number desc)`,
    )
    .orderBy('t.id')
    .forUpdate('t')
    .execute();
  const found = new Map<string, OpenTicket>();
  for (const { recent, ...ticket } of rows) {
    const contact = earlier.find(({ conversation }) => conversation.id === ticket.conversation_id);
    if (contact?.automatic) found.set(ticket.conversation_id, ticket);
    // What was part of another ended with it: an answer begins a contact of its own.
    else if (recent && !ticket.merged_into)
      found.set(ticket.conversation_id, await reopenTicket(unit, ticket, citizenActor(ticket)));
  }
  return found;
}

async function begin(unit: Unit, contacts: readonly Contact[], priority: number): Promise<OpenTicket[]> {
  if (contacts.length === 0) return [];
  const queues = contacts.some(({ queueId }) => queueId)
    ? await unit.tx
        .selectFrom('queue')
        .select(['id', 'priority', 'is_default', 'protected', 'hours', 'service_level_seconds', 'overflow'])
        .execute()
    : [];
  const reserved = await onceProtected(unit, contacts);
  const queued = contacts.flatMap(({ conversation, queueId }) => {
    // A queue that was removed since: what it would have got goes to the default one.
    const queue = queueId && (queues.find(({ id }) => id === queueId) ?? queues.find((row) => row.is_default));
    return queue ? [{ conversation, queue }] : [];
  });
  const entries =
    queued.length > 0
      ? await enterQueue(
          unit,
          queued.map((each) => entrantOf(each, priority)),
        )
      : [];
  const placeOf = new Map(
    queued.map(({ conversation, queue }, index) => [conversation.id, { queue, ...entries[index] }]),
  );
  const made = await unit.tx
    .insertInto('ticket')
    .values(
      contacts.map(({ conversation, subject }) => {
        const { queue, ...entered } = placeOf.get(conversation.id) ?? {};
        return {
          ...entered,
          id: uuid(),
          conversation_id: conversation.id,
          citizen_id: conversation.citizen_id,
          channel: conversation.channel,
          state: queue ? ('waiting' as const) : ('bot' as const),
          queue_id: queue ? queue.id : null,
          waiting_since: queue ? unit.now : null,
          priority: queue ? Math.min(priority, queue.priority) : priority,
          subject,
          protected: reserved.has(conversation.id) || (queue ? queue.protected : false),
          clock_at: unit.now,
          bot_seq: conversation.last_seq,
          unread: 0,
          version: 0,
          created_at: unit.now,
          updated_at: unit.now,
        };
      }),
    )
    .returning([...columns, 'citizen_id'])
    .execute();
  await recordEvents(
    unit,
    made.flatMap((ticket): EventDraft[] => {
      const actor = citizenActor(ticket);
      const opened: EventDraft = { ticket, type: 'opened', actor };
      return ticket.queue_id
        ? [opened, { ticket, type: 'queued', actor, data: { queueId: ticket.queue_id } }]
        : [opened];
    }),
  );
  if (made.some(({ state }) => state === 'waiting')) unit.enqueue('tickets.route', {});
  return made;
}

const entrantOf = (
  { conversation, queue }: { conversation: ConversationRow; queue: Entrant['queue'] & { priority: number } },
  priority: number,
): Entrant => ({
  ticketId: null,
  conversationId: conversation.id,
  citizenId: conversation.citizen_id,
  channel: conversation.channel,
  priority: Math.min(priority, queue.priority),
  topic: null,
  heldBy: null,
  queue,
});

/**
 * Conversations in which something was protected stay so: what was said before can be read from a later contact, and
 * whoever wrote about danger once may do so again.
 */
async function onceProtected(unit: Unit, contacts: readonly Contact[]): Promise<ReadonlySet<string>> {
  const known = contacts
    .filter(({ conversation }) => conversation.last_seq > 0)
    .map(({ conversation }) => conversation.id);
  if (known.length === 0) return new Set();
  const rows = await unit.tx
    .selectFrom('ticket')
    .select('conversation_id')
    .distinct()
    .where('conversation_id', 'in', known)
    .where('protected', '=', true)
    .execute();
  return new Set(rows.map((row) => row.conversation_id));
}
