import { sql } from 'kysely';
import type { Desk } from '../contract/bot.ts';
import { systemActor } from '../conversations/change-ticket.ts';
import { type NoticeWish, noticeWish } from '../conversations/opt-out.ts';
import type { Say } from '../conversations/say.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { StoredArrival } from '../email/store-letters.ts';
import type { OpenTicket } from './open-tickets.ts';
import type { Placed } from './placed.ts';

/**
 * Which messages only say that their sender wants no more notices, or wants them again. START is a wish of somebody who
 * had stopped them; from anybody else it is a word like any other.
 */
export async function findWishes(unit: Unit, placed: readonly Placed[]): Promise<Map<Placed, NoticeWish>> {
  const found = placed.flatMap((entry) => {
    const { channel, capabilities, event } = entry.arrival;
    const wish = noticeWish(channel, capabilities, event.parts);
    return wish ? [{ entry, wish }] : [];
  });
  if (found.length === 0) return new Map();
  const stopped = await whoStopped(
    unit,
    found.map(({ entry }) => entry.conversation.id),
  );
  return new Map(
    found.flatMap(({ entry, wish }): [Placed, NoticeWish][] => {
      const { id } = entry.conversation;
      if (wish === 'stop') stopped.add(id);
      else if (!stopped.delete(id)) return [];
      return [[entry, wish]];
    }),
  );
}

/** An identity by the address of a conversation, and by what else its person is known by at that account. */
const identityOf = sql`i.channel = c.channel and i.address in (
  select c.address union all
  select a.alias from address_alias a where a.channel_account_id = c.channel_account_id and a.address = c.address)`;

async function whoStopped({ tx }: Unit, conversationIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct c.id from conversation c join identity i on ${identityOf}
    where c.id = any(${conversationIds}) and i.opted_out_at is not null`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Keeps what they wish, and says so: the last word of each counts. */
export type HeedWishes = (
  unit: Unit,
  wished: readonly { stored: StoredArrival; wish: NoticeWish }[],
  tickets: ReadonlyMap<string, OpenTicket>,
) => Promise<void>;

export function createHeedWishes(desk: Pick<Desk, 'phrase' | 'cityName'>, say: Say): HeedWishes {
  return async (unit, wished, tickets) => {
    const last = new Map(wished.map((one) => [one.stored.conversation.id, one]));
    for (const { stored, wish } of last.values()) {
      const { conversation, message } = stored;
      await sql`
        update identity i set opted_out_at =
          ${wish === 'stop' ? sql`coalesce(i.opted_out_at, ${unit.now}::timestamptz)` : sql`null`}
        from conversation c where c.id = ${conversation.id} and ${identityOf}`.execute(unit.tx);
      unit.emit('citizen.changed', { citizenId: conversation.citizen_id });
      const text = desk.phrase(`notices.${wish}`, conversation.locale, { city: desk.cityName });
      await say(unit, conversation, tickets.get(conversation.id) ?? null, [
        { author: systemActor, parts: [{ type: 'text', text }], externalId: `notices:${message.id}` },
      ]);
    }
  };
}
