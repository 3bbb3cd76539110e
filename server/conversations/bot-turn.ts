import { type Selectable, sql } from 'kysely';
import { addSeconds, type Clock } from '../clock.ts';
import type { Bot, BotOutcome, Desk } from '../contract/bot.ts';
import type { Author, Part } from '../contract/message.ts';
import type { Db, Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit, UnitOfWork } from '../database/unit-of-work.ts';
import { queueTicket } from '../routing/queue-ticket.ts';
import type { TicketRow } from './change-ticket.ts';
import { moveCursors } from './cursors.ts';
import { lockContact } from './lock-contact.ts';
import { presentMessage } from './present-message.ts';
import { notice, type Say } from './say.ts';

/** Longer than any turn may take; after a crash another worker takes over when it is past. */
const TURN_SECONDS = 30;
/** Most messages one turn looks at; a longer burst is answered in several. */
const BURST = 50;

export interface BotDeps {
  db: Db;
  unitOfWork: UnitOfWork;
  clock: Clock;
  bot: Bot;
  desk: Desk;
  say: Say;
  /** Whether the queue serves now, and when it does next, as a text for each reader. */
  outsideHours(queueId: string | null): Promise<{ opens: string } | null>;
}

const author: Author = { type: 'bot', id: null, name: null };

/**
 * Lets the bot answer all that a ticket's citizen has said since its last turn. One worker at a time thinks about a
 * ticket; no transaction stays open meanwhile. Its answer counts only if the ticket is still the bot's: once a person
 * has taken over it is thrown away.
 */
export async function takeBotTurn(deps: BotDeps, ticketId: string): Promise<void> {
  for (;;) {
    const claimed = await claim(deps, ticketId);
    if (!claimed) return;
    const { ticket, conversation, messages } = claimed;
    const last = messages.at(-1);
    if (!last) return;
    const outcome = await deps.bot.turn(
      {
        conversationId: ticket.conversation_id,
        ticketId,
        channel: ticket.channel,
        locale: conversation.locale,
        citizenName: conversation.citizen_name,
        messages: messages.map(presentMessage),
        state: ticket.bot_state,
        now: deps.clock.now(),
      },
      deps.desk,
    );
    const more = await deps.unitOfWork((unit) => commit(unit, deps, ticket, last.seq, outcome));
    if (!more) return;
  }
}

type MessageRow = Selectable<Tables['message']>;
type Thinker = Pick<TicketRow, 'id' | 'conversation_id' | 'channel' | 'bot_seq' | 'bot_state' | 'bot_busy_until'>;
interface Claimed {
  ticket: Thinker;
  conversation: { locale: 'es' | 'en'; citizen_name: string | null };
  messages: MessageRow[];
}

/**
 * Takes the ticket for one turn, with what there is to answer. Null when the bot has no business with it, or another
 * worker is at it: that one looks again before it leaves.
 */
async function claim(deps: BotDeps, ticketId: string): Promise<Claimed | null> {
  const now = deps.clock.now();
  const { rows } = await sql<Thinker & Claimed['conversation']>`
    with claimed as (
      update ticket set bot_busy_until = ${addSeconds(now, TURN_SECONDS)}
      where id = ${ticketId} and state = 'bot' and (bot_busy_until is null or bot_busy_until < ${now})
      returning id, conversation_id, citizen_id, channel, bot_seq, bot_state, bot_busy_until
    )
    select t.*, c.locale, p.name as citizen_name
    from claimed t join conversation c on c.id = t.conversation_id join citizen p on p.id = t.citizen_id`.execute(
    deps.db,
  );
  const [ticket] = rows;
  if (!ticket) return null;
  const messages = await deps.db
    .selectFrom('message')
    .selectAll()
    .where('conversation_id', '=', ticket.conversation_id)
    .where('seq', '>', ticket.bot_seq)
    .where('ticket_id', '=', ticketId)
    .where('direction', '=', 'in')
    .orderBy('seq')
    .limit(BURST)
    .execute();
  if (messages.length === 0) {
    await deps.db
      .updateTable('ticket')
      .set({ bot_busy_until: null })
      .where('id', '=', ticketId)
      .where('bot_busy_until', '=', ticket.bot_busy_until)
      .execute();
    const unanswered = await deps.db
      .selectFrom('message')
      .select('seq')
      .where('conversation_id', '=', ticket.conversation_id)
      .where('seq', '>', ticket.bot_seq)
      .where('direction', '=', 'in')
      .executeTakeFirst();
    // Said after the look above, by a job that found the ticket taken.
    return unanswered ? claim(deps, ticketId) : null;
  }
  return { ticket, conversation: ticket, messages };
}

/** Stores the outcome. @returns whether more has been said meanwhile */
async function commit(
  unit: Unit,
  deps: BotDeps,
  thought: Thinker,
  upTo: number,
  outcome: BotOutcome,
): Promise<boolean> {
  const { ticket, conversation } = await lockContact(unit, thought.id);
  const stillOurs =
    ticket.state === 'bot' &&
    ticket.bot_seq === thought.bot_seq &&
    ticket.bot_busy_until?.getTime() === thought.bot_busy_until?.getTime();
  if (!stillOurs) return false;

  const said = (parts: Part[], index: number) => ({ author, parts, externalId: `bot:${ticket.id}:${upTo}:${index}` });
  await deps.say(unit, conversation, ticket, outcome.replies.map(said));
  await moveCursors(unit, conversation.id, { city_delivered: upTo, city_read: upTo });
  const kept = { bot_seq: upTo, bot_state: json(outcome.state), bot_busy_until: null };
  await unit.tx.updateTable('ticket').set(kept).where('id', '=', ticket.id).execute();

  if (outcome.handOff) {
    const { queueId, summary, priority, reason } = outcome.handOff;
    const waiting = await queueTicket(unit, ticket, {
      queueId,
      summary,
      priority,
      event: { type: 'queued', actor: author, data: { reason } },
    });
    const closed = await deps.outsideHours(waiting.queue_id);
    await deps.say(unit, conversation, waiting, [
      closed ? notice(waiting, 'outside_hours', closed) : notice(waiting, 'handed_off'),
    ]);
    return false;
  }
  return conversation.last_seq - outcome.replies.length > upTo;
}
