import type { Logger } from 'pino';
import { textAccountFor } from '../calls/text-caller.ts';
import type { Clock } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { Bot, BotOutcome, Desk } from '../contract/bot.ts';
import { createBatcher } from '../database/batcher.ts';
import type { Db } from '../database/database.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import type { WhenHeld } from './append-messages.ts';
import { type Claimed, claimTurns } from './claim-turns.ts';
import { commitTurns, type Thought } from './commit-turns.ts';
import { presentMessage } from './present-message.ts';
import type { Say } from './say.ts';

export interface BotDeps {
  db: Db;
  unitOfWork: UnitOfWork;
  clock: Clock;
  bot: Bot;
  desk: Desk;
  say: Say;
  accounts: AppContext['accounts'];
  log: Logger;
  /** When the queue serves next, as a text for each reader; null while it serves. */
  outsideHours(queueId: string | null): Promise<{ opens: string } | null>;
}

/**
 * Lets the bot answer all that a ticket's citizen has said since its last turn, or break their silence. One worker at a time thinks about a
 * ticket; no transaction stays open meanwhile. Turns that begin or end together share their round trips.
 */
export function createBotTurns(deps: BotDeps): (ticketId: string) => Promise<void> {
  const limits = { batch: 100, pending: 10_000 };
  const claims = createBatcher<string, Claimed | null>(
    async (ticketIds) => {
      const claimed = await claimTurns(deps.db, deps.clock.now(), ticketIds);
      // A ticket that is asked for twice is given once.
      return ticketIds.map((id, index) => (ticketIds.indexOf(id) === index ? (claimed.get(id) ?? null) : null));
    },
    { ...limits, keyOf: (ticketId) => ticketId },
  );
  const commit = (thoughts: readonly Thought[], whenHeld: WhenHeld) =>
    deps.unitOfWork((unit) => commitTurns(unit, deps, thoughts, whenHeld));
  const commits = createBatcher<Thought, boolean>((thoughts) => commit(thoughts, 'skip'), {
    ...limits,
    keyOf: ({ ticket }) => ticket.id,
  });

  return async (ticketId) => {
    for (;;) {
      const claimed = await claims.add(ticketId);
      if (!claimed) return;
      const thought = await think(deps, claimed);
      // A hand-off takes several steps of its own, for which no other conversation should stay locked.
      if (thought.outcome.handOff) return void (await commit([thought], 'wait'));
      const more = await commits.add(thought);
      if (!more) return;
    }
  };
}

async function think(deps: BotDeps, claimed: Claimed): Promise<Thought> {
  const { ticket, messages } = claimed;
  const outcome = await answerOf(deps, claimed);
  // Asked before the transaction: one that waits for another connection while it holds its own may wait for ever.
  const closed = outcome.handOff ? await deps.outsideHours(outcome.handOff.queueId ?? ticket.queue_id) : null;
  return { ticket, from: messages[0]?.seq ?? null, upTo: messages.at(-1)?.seq ?? ticket.bot_seq, outcome, closed };
}

/** What the bot answers. When it breaks, nobody is left without an answer: a person takes over. */
async function answerOf(
  { bot, desk, clock, log, accounts }: BotDeps,
  { ticket, address, locale, citizenName, consent, messages }: Claimed,
): Promise<BotOutcome> {
  try {
    return await bot.turn(
      {
        conversationId: ticket.conversation_id,
        ticketId: ticket.id,
        channel: ticket.channel,
        locale,
        citizenName,
        consent,
        messages: messages.map(presentMessage),
        canText: textAccountFor(accounts, { channel: ticket.channel, address }) !== null,
        state: ticket.bot_state,
        now: clock.now(),
      },
      desk,
    );
  } catch (error) {
    log.error({ err: error, ticketId: ticket.id }, 'the bot broke, a person takes over');
    return {
      replies: [[{ type: 'text', text: desk.phrase('bot.giving_up', locale) }]],
      state: ticket.bot_state ?? { version: 0, data: {} },
      handOff: { summary: desk.phrase('summary.untried', 'es'), reason: 'missed' },
    };
  }
}
