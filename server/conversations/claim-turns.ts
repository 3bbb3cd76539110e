import { type Selectable, sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import { HELD } from '../database/batcher.ts';
import type { Db, Tables } from '../database/database.ts';
import type { TicketRow } from './change-ticket.ts';

/** Longer than any turn may take; after a crash another worker takes over when it is past. */
const TURN_SECONDS = 30;
/** Most messages one turn looks at; a longer burst is answered in several. */
const BURST = 50;

export type Thinker = Pick<
  TicketRow,
  'id' | 'conversation_id' | 'channel' | 'queue_id' | 'bot_seq' | 'bot_state' | 'bot_busy_until' | 'version'
>;

/** A ticket taken for one turn, with what there is to answer. */
export interface Claimed {
  ticket: Thinker;
  /** Of the citizen, as the channel knows it. */
  address: string;
  locale: 'es' | 'en';
  citizenName: string | null;
  consent: string | null;
  /** Oldest first; empty when it is silence that is to be broken. */
  messages: Selectable<Tables['message']>[];
}

/**
 * Takes tickets for one turn each. Missing are those the bot has no business with, those where a burst has not settled
 * yet, and those another worker is at: that one looks again before it leaves.
 * @returns by ticket id; `HELD` for one that another transaction has at the moment
 */
export async function claimTurns(
  db: Db,
  now: Date,
  ticketIds: readonly string[],
): Promise<Map<string, Claimed | typeof HELD>> {
  const taken = await take(db, now, ticketIds);
  const said = await unanswered(db, taken);
  const claims = new Map<string, Claimed | typeof HELD>();
  for (const { address, locale, citizen_name: citizenName, consent_version: consent, ...ticket } of taken) {
    const messages = said.get(ticket.id) ?? (isSilenceDue(ticket, now) ? [] : undefined);
    if (messages) claims.set(ticket.id, { ticket, address, locale, citizenName, consent, messages });
  }
  const idle = taken.filter((ticket) => !claims.has(ticket.id));
  await release(db, idle);
  // Said after the look above, by a job that found the ticket taken.
  const late = [...(await unanswered(db, idle)).keys()];
  if (late.length > 0) for (const [id, claimed] of await claimTurns(db, now, late)) claims.set(id, claimed);

  const missed = ticketIds.filter((id) => !taken.some((ticket) => ticket.id === id));
  for (const id of await free(db, now, missed)) claims.set(id, HELD);
  return claims;
}

/** Whether the bot wanted to be asked by now. What was said since comes first, and makes it want otherwise. */
const isSilenceDue = ({ bot_state }: Thinker, now: Date): boolean =>
  bot_state?.breakSilenceAt !== undefined && new Date(bot_state.breakSilenceAt) <= now;

/** Nobody is in the middle of writing, nor a file on its way that the bot waits for. */
const isBurstSettled = (now: Date) =>
  sql<boolean>`coalesce(greatest(bot_due_at, bot_waits_until) <= ${now}::timestamptz, true)`;

async function take(db: Db, now: Date, ticketIds: readonly string[]) {
  const { rows } = await sql<
    Thinker & { address: string; locale: 'es' | 'en'; citizen_name: string | null; consent_version: string | null }
  >`
    with free as (
      select id from ticket
      where id = any(${[...ticketIds]}) and state = 'bot' and (bot_busy_until is null or bot_busy_until < ${now})
        and ${isBurstSettled(now)}
      order by id for update skip locked
    ), claimed as (
      update ticket t set bot_busy_until = ${addSeconds(now, TURN_SECONDS)},
        burst_since = null, bot_due_at = null, bot_waits_until = null
      from free where t.id = free.id
      returning t.id, t.conversation_id, t.citizen_id, t.channel, t.queue_id, t.bot_seq, t.bot_state, t.bot_busy_until,
        t.version
    )
    select t.*, c.address, c.locale, c.consent_version, p.name as citizen_name
    from claimed t join conversation c on c.id = t.conversation_id join citizen p on p.id = t.citizen_id`.execute(db);
  return rows;
}

/** Tickets that could be taken but for somebody's lock. */
async function free(db: Db, now: Date, ticketIds: readonly string[]): Promise<string[]> {
  if (ticketIds.length === 0) return [];
  const rows = await db
    .selectFrom('ticket')
    .select('id')
    .where('id', 'in', [...ticketIds])
    .where('state', '=', 'bot')
    .where((where) => where.or([where('bot_busy_until', 'is', null), where('bot_busy_until', '<', now)]))
    .where(isBurstSettled(now))
    .execute();
  return rows.map((row) => row.id);
}

/** By ticket id, oldest first. A ticket with nothing to answer is missing. */
async function unanswered(db: Db, tickets: readonly Thinker[]): Promise<Map<string, Claimed['messages']>> {
  if (tickets.length === 0) return new Map();
  const messages = await db
    .selectFrom('ticket as t')
    .innerJoinLateral(
      (select) =>
        select
          .selectFrom('message as m')
          .selectAll('m')
          .whereRef('m.conversation_id', '=', 't.conversation_id')
          .whereRef('m.seq', '>', 't.bot_seq')
          .whereRef('m.ticket_id', '=', 't.id')
          .where('m.direction', '=', 'in')
          .orderBy('m.seq')
          .limit(BURST)
          .as('said'),
      (join) => join.onTrue(),
    )
    .selectAll('said')
    .where(
      't.id',
      'in',
      tickets.map((ticket) => ticket.id),
    )
    .orderBy('said.seq')
    .execute();
  return Map.groupBy(messages, (message) => message.ticket_id as string);
}

async function release(db: Db, tickets: readonly Thinker[]): Promise<void> {
  for (const ticket of tickets) {
    await db
      .updateTable('ticket')
      .set({ bot_busy_until: null })
      .where('id', '=', ticket.id)
      .where('bot_busy_until', '=', ticket.bot_busy_until)
      .execute();
  }
}
