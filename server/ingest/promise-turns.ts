import { awaitBursts, type Said } from '../conversations/burst.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { StoredArrival } from '../email/store-letters.ts';
import type { OpenTicket } from './open-tickets.ts';

/** Promises the bot's turn where it has the contact: at once, or when the burst has settled where people write in bursts. */
export async function promiseTurns(
  unit: Unit,
  stored: readonly StoredArrival[],
  tickets: ReadonlyMap<string, OpenTicket>,
): Promise<void> {
  const bursts = new Map<string, Said>();
  const said = Map.groupBy(stored, ({ message }) => message.ticketId);
  for (const { id, state } of tickets.values()) {
    if (state !== 'bot') continue;
    const heard = said.get(id) ?? [];
    const [first] = heard;
    const settleSeconds = first?.arrival.capabilities.settleSeconds ?? 0;
    if (settleSeconds > 0) {
      const withFiles = heard.some(({ arrival }) => (arrival.event.toFetch ?? []).length > 0);
      bursts.set(id, { ticketId: id, settleSeconds, withFiles });
    } else if (first) unit.enqueue('inbound.turn', { ticketId: id });
  }
  await awaitBursts(unit, [...bursts.values()]);
}
