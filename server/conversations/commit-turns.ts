import { type Selectable, sql } from 'kysely';
import { textCaller } from '../calls/text-caller.ts';
import type { AppContext } from '../context.ts';
import type { BotOutcome } from '../contract/bot.ts';
import type { Author, Message, Part } from '../contract/message.ts';
import { HELD } from '../database/batcher.ts';
import type { Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { turnRecord } from '../learning/turn-record.ts';
import { queueTicket } from '../routing/queue-ticket.ts';
import { type ConversationRow, lockConversations, type WhenHeld } from './append-messages.ts';
import { lockTicket, lockTickets, type TicketRow } from './change-ticket.ts';
import type { Thinker } from './claim-turns.ts';
import { endTicket } from './end-ticket.ts';
import { keepWhatTheyTold } from './keep-what-they-told.ts';
import { presentCursors } from './present-message.ts';
import { notice, type Say } from './say.ts';

/** What the bot made of a ticket it had claimed. */
export interface Thought {
  ticket: Thinker;
  /** The first message it answers; null when it is silence that it breaks. */
  from: number | null;
  /** The last message it has heard. */
  upTo: number;
  outcome: BotOutcome;
  /** When the queue it goes to serves next, as a text for each reader; null while it serves, or without a hand-off. */
  closed: { opens: string } | null;
}

interface Standing extends Thought {
  row: TicketRow;
  conversation: ConversationRow;
}

const author: Author = { type: 'bot', id: null, name: null };

/**
 * Stores what the bot made of tickets in one transaction. An outcome counts only if its ticket is still the bot's
 * and still in the hands of the same turn: once a person has taken over it is thrown away.
 * @returns for each whether its citizen has said more meanwhile, or `HELD` when another transaction has the contact
 */
export async function commitTurns(
  unit: Unit,
  parts: { say: Say; accounts: AppContext['accounts'] },
  thoughts: readonly Thought[],
  whenHeld: WhenHeld,
): Promise<(boolean | typeof HELD)[]> {
  const { say } = parts;
  const conversationIds = thoughts.map(({ ticket }) => ticket.conversation_id);
  const conversations = await lockConversations(unit.tx, conversationIds, whenHeld);
  const free = thoughts.filter(({ ticket }) => conversations.has(ticket.conversation_id));
  if (free.length === 0) return thoughts.map(() => HELD);
  const ticketIds = free.map(({ ticket }) => ticket.id);
  const rows = await lockTickets(unit.tx, ticketIds, whenHeld);
  const standing = new Map<Thought, Standing>();
  for (const thought of free) {
    const row = rows.get(thought.ticket.id);
    const conversation = conversations.get(thought.ticket.conversation_id);
    if (row && conversation && isStillOurs(row, thought)) standing.set(thought, { ...thought, row, conversation });
  }
  const tooLate = [...standing.values()].filter(isSilenceBroken);
  await letGo(unit, tooLate);
  const counted = [...standing.values()].filter((entry) => !tooLate.includes(entry));
  if (counted.length > 0) {
    const said = await say.toMany(
      unit,
      counted.map(({ row, conversation, from, upTo, outcome }) => ({
        conversation,
        // What is said of danger is protected from the first word.
        ticket: { ...row, protected: row.protected || outcome.handOff?.protected === true },
        utterances: outcome.replies.map((parts: Part[], index) => ({
          author,
          parts,
          externalId: `bot:${row.id}:${from === null ? `silence:${row.version}` : upTo}:${index}`,
        })),
      })),
    );
    await remember(unit, counted, said);
    for (const entry of counted) {
      await keepWhatTheyTold(unit, entry);
      await textCaller(unit, parts, entry.conversation, textsOf(entry));
      await handOff(unit, say, entry);
      await close(unit, say, entry);
    }
  }
  return thoughts.map((thought) => {
    if (!rows.has(thought.ticket.id)) return HELD;
    const entry = standing.get(thought);
    if (!entry || entry.outcome.handOff) return false;
    if (tooLate.includes(entry)) return true;
    if (entry.from === null || entry.outcome.close) return false;
    return entry.conversation.last_seq - entry.outcome.replies.length > entry.upTo;
  });
}

const textsOf = ({ row, upTo, outcome: { texts = [] } }: Standing) =>
  texts.map((text, index) => ({ text, externalId: `bot:${row.id}:${upTo}:text:${index}` }));

const isStillOurs = (row: TicketRow, { ticket }: Thought): boolean =>
  row.state === 'bot' &&
  row.bot_seq === ticket.bot_seq &&
  row.bot_busy_until?.getTime() === ticket.bot_busy_until?.getTime();

/** Something was said while the bot thought about the silence. */
const isSilenceBroken = ({ from, row, ticket }: Standing): boolean => from === null && row.version !== ticket.version;

/** Leaves tickets as they are, for another turn. */
async function letGo(unit: Unit, standing: readonly Standing[]): Promise<void> {
  if (standing.length === 0) return;
  const ids = standing.map(({ row }) => row.id);
  await unit.tx.updateTable('ticket').set({ bot_busy_until: null }).where('id', 'in', ids).execute();
}

/** How far the bot has heard, which the citizen is shown as read, what it keeps in mind, and how the turn went. */
async function remember(unit: Unit, standing: readonly Standing[], said: readonly Message[]): Promise<void> {
  const replies = Map.groupBy(said, ({ ticketId }) => ticketId);
  const kept = standing.map(({ row, from, upTo, outcome }) => ({
    ticket_id: row.id,
    conversation_id: row.conversation_id,
    heard: row.bot_seq,
    up_to: upTo,
    bot_state: { ...outcome.state, breakSilenceAt: outcome.breakSilenceAt?.toISOString() },
    ...turnRecord(outcome, from, replies.get(row.id) ?? []),
  }));
  const { rows } = await sql<Selectable<Tables['conversation']>>`
    with kept as (
      select * from jsonb_to_recordset(${json(kept)}::jsonb)
        as (ticket_id uuid, conversation_id uuid, heard int, up_to int, bot_state jsonb, turn_id uuid, from_seq int,
          reply_from_seq int, reply_to_seq int, understood text, confidence real, certainty text, outcome text,
          shaped jsonb, corrects boolean, corrected_to text)
    ), turned as (
      insert into bot_turn (id, ticket_id, conversation_id, from_seq, up_to_seq, reply_from_seq, reply_to_seq,
        understood, confidence, certainty, outcome, shaped, at)
      select turn_id, ticket_id, conversation_id, from_seq, up_to, reply_from_seq, reply_to_seq,
        understood, confidence, certainty, outcome, shaped, ${unit.now}::timestamptz
      from kept where turn_id is not null
      on conflict (ticket_id, up_to_seq) do nothing
    ), mistaken as (
      update bot_turn t set corrected = true, corrected_to = kept.corrected_to
      from kept where kept.corrects and t.ticket_id = kept.ticket_id and t.up_to_seq = kept.heard
    ), thought as (
      update ticket t set bot_seq = kept.up_to, bot_state = kept.bot_state, bot_busy_until = null
      from kept where t.id = kept.ticket_id
    )
    update conversation c
    set city_delivered = greatest(c.city_delivered, kept.up_to), city_read = greatest(c.city_read, kept.up_to)
    from kept
    where c.id = kept.conversation_id and least(c.city_delivered, c.city_read) < kept.up_to
    returning c.id, c.citizen_delivered, c.citizen_read, c.city_delivered, c.city_read`.execute(unit.tx);
  for (const row of rows) unit.emit('cursors.moved', { conversationId: row.id, cursors: presentCursors(row) });
}

async function handOff(unit: Unit, say: Say, { row, conversation, outcome, closed }: Standing): Promise<void> {
  if (!outcome.handOff) return;
  const { queueId, summary, priority, reason } = outcome.handOff;
  const waiting = await queueTicket(unit, row, {
    queueId,
    summary,
    priority,
    protected: outcome.handOff.protected,
    event: { type: 'queued', actor: author, data: { reason } },
  });
  await say(unit, conversation, waiting, [
    closed ? notice(waiting, 'outside_hours', closed) : notice(waiting, 'handed_off'),
  ]);
}

async function close(unit: Unit, say: Say, { row, conversation, outcome }: Standing): Promise<void> {
  if (outcome.handOff || !outcome.close) return;
  const ticket = await lockTicket(unit.tx, row.id);
  await endTicket(unit, say, { ticket, conversation }, { actor: author, disposition: outcome.close, notice: null });
}
