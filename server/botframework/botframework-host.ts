import type { AppContext } from '../context.ts';
import type { BotFrameworkHost } from '../contract/bot-framework.ts';
import type { Receipt } from '../contract/channel.ts';
import { json } from '../database/json.ts';

export const BOT_FRAMEWORK_ACCOUNT = 'botframework';

export function createBotFrameworkHost({
  database: { db },
  clock,
  bus,
}: Pick<AppContext, 'database' | 'clock' | 'bus'>): BotFrameworkHost {
  /** The bot has heard it, or a person has the contact. */
  async function isAnswered({ ticketId, seq }: Receipt): Promise<boolean> {
    if (!ticketId) return true;
    const ticket = await db
      .selectFrom('ticket')
      .select(['state', 'bot_seq'])
      .where('id', '=', ticketId)
      .executeTakeFirstOrThrow();
    return ticket.state !== 'bot' || ticket.bot_seq >= seq;
  }

  return {
    async remember(address, reference) {
      const kept = { reference: json(reference), updated_at: clock.now() };
      await db
        .insertInto('botframework_reference')
        .values({ address, ...kept })
        .onConflict((conflict) => conflict.column('address').doUpdateSet(kept))
        .execute();
    },
    async recall(address) {
      const row = await db
        .selectFrom('botframework_reference')
        .select('reference')
        .where('address', '=', address)
        .executeTakeFirst();
      return row?.reference ?? null;
    },
    async answersTo(receipt, milliseconds) {
      const over = AbortSignal.timeout(milliseconds);
      let look: () => void = () => {};
      // The bot's answer moves what the city has read.
      const unsubscribe = bus.subscribe('cursors.moved', ({ conversationId }) => {
        if (conversationId === receipt.conversationId) look();
      });
      over.addEventListener('abort', () => look(), { once: true });
      try {
        for (;;) {
          const moved = new Promise<void>((resolve) => {
            look = resolve;
          });
          if (await isAnswered(receipt)) break;
          if (over.aborted) return null;
          await moved;
        }
      } finally {
        unsubscribe();
      }
      const answers = await db
        .selectFrom('message')
        .select('id')
        .where('conversation_id', '=', receipt.conversationId)
        .where('seq', '>', receipt.seq)
        .where('direction', '=', 'out')
        .execute();
      return answers.map(({ id }) => id);
    },
  };
}
