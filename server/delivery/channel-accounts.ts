import { sql } from 'kysely';
import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { City } from '../contract/city.ts';
import type { Message } from '../contract/message.ts';
import type { ChannelAccountHealth, channelAccountsSchema, MessagingAccount } from '../contract/messaging.ts';
import type { Db } from '../database/database.ts';
import { EMAIL_ACCOUNT } from '../email/mailboxes.ts';

interface Row {
  id: string;
  last_received_at: Date | null;
  last_sent_at: Date | null;
  paused_until: Date | null;
  waiting: number;
  failed_today: number;
  failure: NonNullable<Message['failure']> | null;
  failed_at: Date | null;
  /** Of every account but the mailboxes, and of accounts that the city does not have. */
  undecoded: number;
}

/**
 * The city's telephone lines and accounts on WhatsApp, SMS, Messenger and Instagram, in the order of its content, and how each fares.
 * @param accounts those that can be used
 */
export async function loadChannelAccounts(
  db: Db,
  { accounts: all, timeZone }: Pick<City, 'accounts' | 'timeZone'>,
  accounts: ReadonlyMap<string, MessagingAccount>,
  now: Date,
): Promise<z.input<typeof channelAccountsSchema>> {
  const ids = all.map(({ id }) => id);
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day').toJSDate();
  const { rows } = await sql<Row>`
    select a.id,
      coalesce(called_us.started_at, a.last_received_at) as last_received_at,
      coalesce(we_called.started_at, a.last_sent_at) as last_sent_at,
      case when a.paused_until > ${now}::timestamptz then a.paused_until end as paused_until,
      (select count(*)::int from message m where m.channel_account_id = a.id and m.status = 'queued') as waiting,
      (select count(*)::int from message m
        where m.channel_account_id = a.id and m.status = 'failed' and m.created_at >= ${today}::timestamptz
      ) as failed_today,
      f.failure, f.created_at as failed_at,
      (select count(*)::int from raw_input r where r.decoded_at is null and r.channel_account_id <> ${EMAIL_ACCOUNT}
      ) as undecoded
    from channel_account a
    left join lateral (
      select m.failure, m.created_at from message m where m.channel_account_id = a.id and m.status = 'failed'
      order by m.created_at desc limit 1
    ) f on true
    left join lateral (
      select c.started_at from call c where c.channel_account_id = a.id and c.direction = 'in'
      order by c.started_at desc limit 1
    ) called_us on a.channel = 'voice'
    left join lateral (
      select c.started_at from call c where c.channel_account_id = a.id and c.direction = 'out'
      order by c.started_at desc limit 1
    ) we_called on a.channel = 'voice'
    where a.id = any(${ids})`.execute(db);
  const found = new Map(rows.map((row) => [row.id, row]));
  return {
    accounts: all.map(({ id, channel, provider, name, address }): ChannelAccountHealth => {
      const row = found.get(id);
      const account = accounts.get(id);
      return {
        id,
        channel,
        provider,
        name,
        address,
        state: account ? (account.simulated ? 'simulated' : 'connected') : 'off',
        lastReceivedAt: row?.last_received_at?.toISOString() ?? null,
        lastSentAt: row?.last_sent_at?.toISOString() ?? null,
        pausedUntil: row?.paused_until?.toISOString() ?? null,
        waiting: row?.waiting ?? 0,
        failedToday: row?.failed_today ?? 0,
        lastFailure:
          row?.failure && row.failed_at
            ? { code: row.failure.code, reason: row.failure.reason, at: row.failed_at.toISOString() }
            : null,
      };
    }),
    undecoded: rows[0]?.undecoded ?? 0,
  };
}
