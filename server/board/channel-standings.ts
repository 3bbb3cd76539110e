import { secondsBetween } from '../clock.ts';
import type { ChannelStanding } from '../contract/board.ts';
import type { City } from '../contract/city.ts';
import type { MailAccount } from '../contract/email.ts';
import type { MessagingAccount } from '../contract/messaging.ts';
import type { Database } from '../database/database.ts';
import { loadChannelAccounts } from '../delivery/channel-accounts.ts';
import { loadMailboxes } from '../email/load-mailboxes.ts';

/** A message that could not be delivered longer ago says little about now. */
const FAILED_LATELY_SECONDS = 15 * 60;

export interface StandingParts {
  database: Database;
  city: City;
  accounts: ReadonlyMap<string, MessagingAccount>;
  mail: ReadonlyMap<string, MailAccount>;
}

/** Whether the city's accounts and mailboxes work, and what is wrong with those that do not. */
export async function channelStandings(
  { database, city, accounts, mail }: StandingParts,
  now: Date,
): Promise<ChannelStanding[]> {
  const [{ accounts: lines }, { mailboxes }] = await Promise.all([
    loadChannelAccounts(database.db, city, accounts, now),
    loadMailboxes(database.db, city, mail),
  ]);
  return [
    ...mailboxes.map(
      ({ id, address, reading, fault }): ChannelStanding => ({
        id: `email:${id}`,
        channel: 'email',
        name: address,
        state: reading === 'on' ? 'working' : reading,
        problem: fault,
      }),
    ),
    ...lines.map(({ id, channel, name, state, pausedUntil, lastFailure }): ChannelStanding => {
      const failedLately =
        lastFailure !== null && secondsBetween(new Date(lastFailure.at), now) < FAILED_LATELY_SECONDS;
      const failing = state !== 'off' && (pausedUntil !== null || failedLately);
      return {
        id: `account:${id}`,
        channel,
        name,
        state: state === 'off' ? 'off' : failing ? 'failing' : 'working',
        problem: failing ? (lastFailure?.reason ?? null) : null,
      };
    }),
  ];
}
