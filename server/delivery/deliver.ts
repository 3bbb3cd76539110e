import type { Logger } from 'pino';
import { addSeconds, type Clock, secondsBetween } from '../clock.ts';
import type { Desk } from '../contract/bot.ts';
import type { Channel, ChannelName, InboundStatus, OutboundMessage, SendResult } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import { messageStatuses } from '../contract/message-status.ts';
import { createPartWords } from '../conversations/part-words.ts';
import { presentMessage } from '../conversations/present-message.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { recordUnreached } from '../email/department-answers.ts';
import type { EventBus } from '../event-bus.ts';
import { fitToChannel } from './fit-to-channel.ts';

export type Channels = ReadonlyMap<ChannelName, Channel<never>>;

/** Longer than a provider may take to answer; after a crash another worker sends it again when it is past. */
const SEND_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 300;
/** As long as mail servers try (RFC 5321, 4.5.4.1). Whoever waits for an answer must be told some day. */
const GIVE_UP_SECONDS = 3 * 24 * 3_600;

interface Deps {
  db: Db;
  unitOfWork: UnitOfWork;
  channels: Channels;
  clock: Clock;
  log: Logger;
  city: Pick<City, 'timeZone'>;
  desk: Pick<Desk, 'phrase'>;
}

/**
 * Rings for what was just stored on channels whose readers keep a cursor. Nothing depends on it: a reader who
 * misses the ring finds the message at the next sync.
 */
export function ringCursorChannels(bus: EventBus, channels: Channels): () => void {
  return bus.subscribe('messages.stored', async (stored) => {
    for (const { channel, outbound } of stored) {
      if (outbound) await channels.get(channel)?.send(outbound);
    }
  });
}

/**
 * Sends one queued message and records what the channel made of it. A fault of the network throws, and the job's
 * retry comes back here; a message that already left is not sent again.
 */
export async function sendQueued(deps: Deps, messageId: string): Promise<void> {
  const { db, unitOfWork, channels, clock, log } = deps;
  const now = clock.now();
  const row = await db
    .updateTable('message')
    .set({ claimed_until: addSeconds(now, SEND_SECONDS) })
    .where('id', '=', messageId)
    .where('status', '=', 'queued')
    .where((where) => where.or([where('claimed_until', 'is', null), where('claimed_until', '<', now)]))
    .returningAll()
    .executeTakeFirst();
  if (!row) return;
  const {
    channel: name,
    address,
    reply_to: replyTo,
    locale,
  } = await db
    .selectFrom('conversation')
    .select(['channel', 'address', 'reply_to', 'locale'])
    .where('id', '=', row.conversation_id)
    .executeTakeFirstOrThrow();
  const channel = channels.get(name);
  if (!channel) {
    await record(unitOfWork, messageId, {
      outcome: 'rejected',
      permanent: true,
      reason: 'El canal no está conectado.',
      providerCode: 'channel_missing',
    });
    return;
  }
  const words = createPartWords(deps.city, deps.desk);
  const message: OutboundMessage = {
    accountId: row.channel_account_id,
    to: replyTo ?? address,
    message: fitToChannel(presentMessage(row), channel.capabilities, (part) => words(part, locale)),
    idempotencyKey: messageId,
    locale,
  };
  const isLate = secondsBetween(row.created_at, now) > GIVE_UP_SECONDS;
  let result: SendResult;
  try {
    result = await channel.send(message);
  } catch (error) {
    if (isLate) return record(unitOfWork, messageId, expired);
    // Each failure doubles the time until the next try, whoever asks for it: a provider that is down is not hammered.
    const pause = Math.min(secondsBetween(row.created_at, now) / 2, LONGEST_PAUSE_SECONDS);
    await db
      .updateTable('message')
      .set({ claimed_until: addSeconds(clock.now(), pause) })
      .where('id', '=', messageId)
      .execute();
    throw error;
  }
  log.debug({ messageId, channel: name, outcome: result.outcome }, 'sent');
  await record(unitOfWork, messageId, result.outcome === 'throttled' && isLate ? expired : result);
}

const expired: SendResult = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'expired',
  reason: 'Se intentó durante tres días sin lograrlo. Puedes intentarlo otra vez o buscar a la persona por otro medio.',
};

async function record(unitOfWork: UnitOfWork, messageId: string, result: SendResult): Promise<void> {
  await unitOfWork(async (unit) => {
    if (result.outcome === 'throttled') {
      const again = addSeconds(unit.now, result.retryAfterSeconds);
      await unit.tx.updateTable('message').set({ claimed_until: again }).where('id', '=', messageId).execute();
      unit.enqueue('outbound.send', { messageId }, addSeconds(again, 1));
      return;
    }
    const change =
      result.outcome === 'accepted'
        ? {
            status: 'sent' as const,
            ...(result.missed ? { failure: failureOf({ ...result.missed, permanent: true }) } : {}),
          }
        : {
            status: 'failed' as const,
            failure: failureOf(result),
          };
    const row = await unit.tx
      .updateTable('message')
      .set(change)
      .where('id', '=', messageId)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst();
    if (!row) return;
    if (result.outcome === 'accepted' && result.providerMessageId) {
      const piece = { provider_message_id: result.providerMessageId, status: 'sent' as const };
      await unit.tx
        .insertInto('message_piece')
        .values({ message_id: row.id, piece: 0, channel_account_id: row.channel_account_id, failure: null, ...piece })
        .onConflict((conflict) => conflict.columns(['message_id', 'piece']).doUpdateSet(piece))
        .execute();
    }
    unit.emit('message.changed', row.id);
    if (row.status === 'failed') await recordUnreached(unit, row);
  });
}

const failureOf = (refusal: { providerCode: string; reason: string; permanent: boolean }) =>
  json({ code: refusal.providerCode, reason: refusal.reason, permanent: refusal.permanent });

/** A provider's report on a message we sent. Reports come in any order; a status never goes back. */
export async function recordReport(unitOfWork: UnitOfWork, accountId: string, report: InboundStatus): Promise<void> {
  await unitOfWork(async (unit) => {
    const row = await unit.tx
      .selectFrom('message as m')
      .innerJoin('message_piece as p', 'p.message_id', 'm.id')
      .selectAll('m')
      .where('p.channel_account_id', '=', accountId)
      .where('p.provider_message_id', '=', report.providerMessageId)
      .forUpdate('m')
      .executeTakeFirst();
    if (!row || !advances(row.status, report.status)) return;
    const changed = await unit.tx
      .updateTable('message')
      .set({ status: report.status, failure: report.failure ? json(report.failure) : row.failure && json(row.failure) })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    unit.emit('message.changed', changed.id);
    if (changed.status === 'failed') await recordUnreached(unit, changed);
  });
}

/** `failed` ends what was on its way; it cannot undo what arrived. */
function advances(from: (typeof messageStatuses)[number], to: InboundStatus['status']): boolean {
  if (to === 'failed') return from !== 'delivered' && from !== 'read' && from !== 'failed';
  if (from === 'failed') return to === 'delivered' || to === 'read';
  return messageStatuses.indexOf(to) > messageStatuses.indexOf(from);
}
