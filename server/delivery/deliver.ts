import type { Logger } from 'pino';
import { addSeconds, type Clock, secondsBetween } from '../clock.ts';
import type { Desk } from '../contract/bot.ts';
import type { Capabilities, Channel, ChannelName, SendResult } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import type { Part } from '../contract/message.ts';
import { isSampleAccount } from '../contract/sample-day.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import { createPartWords } from '../conversations/part-words.ts';
import { presentMessage } from '../conversations/present-message.ts';
import type { Db } from '../database/database.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import type { EventBus } from '../event-bus.ts';
import type { AccountPulse } from './account-pulse.ts';
import { claim, renewClaim } from './claim.ts';
import { type MessageRow, moveOn } from './move-on.ts';
import { planPieces } from './plan-pieces.ts';
import { recordSend } from './record-send.ts';
import type { Traffic } from './traffic.ts';
import type { Windows } from './window.ts';

export type Channels = ReadonlyMap<ChannelName, Channel<never>>;

const LONGEST_PAUSE_SECONDS = 300;
/** As long as mail servers try (RFC 5321, 4.5.4.1). Whoever waits for an answer must be told some day. */
const GIVE_UP_SECONDS = 3 * 24 * 3_600;

export interface DeliveryDeps {
  db: Db;
  unitOfWork: UnitOfWork;
  channels: Channels;
  windows: Pick<Windows, 'mayLeave'>;
  traffic: Traffic;
  pulse: Pick<AccountPulse, 'sent'>;
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

/** A claimed message with all that it takes to send it. */
interface Departure {
  message: MessageRow;
  conversation: ConversationRow;
  channel: Channel<never>;
  capabilities: Capabilities;
}

/**
 * Sends what is left of one queued message, piece by piece, and records each as soon as the channel has taken it: a
 * piece leaves again only when nobody could record what became of it. A fault of the network throws, and the job's
 * retry comes back here.
 */
export async function sendQueued(deps: DeliveryDeps, messageId: string): Promise<void> {
  const { db, unitOfWork, channels, clock } = deps;
  const message = await claim(db, clock, messageId);
  if (!message) return;
  const conversation = await db
    .selectFrom('conversation')
    .selectAll()
    .where('id', '=', message.conversation_id)
    .executeTakeFirstOrThrow();
  if (isSampleAccount(message.channel_account_id)) {
    await unitOfWork((unit) => moveOn(unit, message, 'failed', reachesNobody));
    return;
  }
  const channel = channels.get(conversation.channel);
  if (!channel) {
    await unitOfWork((unit) => moveOn(unit, message, 'failed', notConnected));
    return;
  }
  const capabilities = channel.capabilitiesOf?.(message.channel_account_id) ?? channel.capabilities;
  await leave(deps, { message, conversation, channel, capabilities });
}

async function leave(deps: DeliveryDeps, departure: Departure): Promise<void> {
  const { db, unitOfWork, clock, log } = deps;
  const { message, conversation } = departure;
  const plan = await planPieces(deps, message, departure.capabilities, wordingFor(deps, conversation));
  const waiting = plan.filter(({ status }) => status === 'queued');
  for (const [index, { piece, parts }] of waiting.entries()) {
    if (index > 0 && !(await renewClaim(db, clock, message))) return;
    const isLast = index === waiting.length - 1;
    const turn = deps.traffic.turn(message.channel_account_id, `${message.id}/${piece}`, isWaitedFor(message));
    if (turn) return comeBack(deps, message, turn);
    const result = await send(deps, departure, piece, parts);
    log.debug({ messageId: message.id, piece, channel: conversation.channel, outcome: result.outcome }, 'sent');
    if (result.outcome === 'throttled') return wait(deps, departure, result.retryAfterSeconds);
    deps.traffic.goesOn(message.channel_account_id);
    if (result.outcome === 'accepted') deps.pulse.sent(message.channel_account_id);
    const status = await unitOfWork((unit) => recordSend(unit, { message, piece, isLast }, result));
    if (status !== 'queued') return;
  }
}

async function send(deps: DeliveryDeps, departure: Departure, piece: number, parts: Part[]): Promise<SendResult> {
  const { db, windows, clock } = deps;
  const { message, conversation, channel, capabilities } = departure;
  if (parts.length === 0) return { outcome: 'accepted' };
  if (!windows.mayLeave(conversation, parts, clock.now())) return tooLate;
  const isLate = secondsBetween(message.created_at, clock.now()) > GIVE_UP_SECONDS;
  try {
    const result = await channel.send({
      accountId: message.channel_account_id,
      to: conversation.reply_to ?? conversation.address,
      message: { ...presentMessage(message), parts },
      idempotencyKey: capabilities.pieces === 'many' ? `${message.id}/${piece}` : message.id,
      locale: conversation.locale,
    });
    return result.outcome === 'throttled' && isLate ? expired : result;
  } catch (error) {
    if (isLate) return expired;
    const until = capabilities.pieces === 'many' ? deps.traffic.fault(message.channel_account_id) : null;
    if (until) await rest(deps, message.channel_account_id, until);
    // Each failure doubles the time until the next try, whoever asks for it: a provider that is down is not hammered.
    const pause = Math.min(secondsBetween(message.created_at, clock.now()) / 2, LONGEST_PAUSE_SECONDS);
    await db
      .updateTable('message')
      .set({ claimed_until: addSeconds(clock.now(), pause) })
      .where('id', '=', message.id)
      .execute();
    throw error;
  }
}

/**
 * A mail server says «later» about one recipient, and only this mail waits. A platform says it about the account:
 * nothing leaves by it until then, and this message is the first to try again.
 */
async function wait(deps: DeliveryDeps, { message, capabilities }: Departure, seconds: number): Promise<void> {
  if (capabilities.pieces === 'one') return comeBack(deps, message, addSeconds(deps.clock.now(), seconds));
  const { channel_account_id: account } = message;
  const until = deps.traffic.pause(account, seconds);
  await rest(deps, account, until);
  await comeBack(deps, message, until);
}

/** Nothing leaves by an account until then; the reconciler sets going what waited. */
async function rest({ db, log }: DeliveryDeps, account: string, until: Date): Promise<void> {
  log.warn({ account, until }, 'an account rests');
  await db
    .updateTable('channel_account')
    .set(({ fn, val }) => ({ paused_until: fn<Date>('greatest', ['paused_until', val(until)]) }))
    .where('id', '=', account)
    .execute();
}

async function comeBack({ unitOfWork }: DeliveryDeps, { id }: MessageRow, at: Date): Promise<void> {
  await unitOfWork(async (unit) => {
    await unit.tx.updateTable('message').set({ claimed_until: at }).where('id', '=', id).execute();
    unit.enqueue('outbound.send', { messageId: id }, at);
  });
}

/** Answers are; news and notices go to many at once. */
const isWaitedFor = ({ author_type: author }: MessageRow): boolean => author === 'operator' || author === 'bot';

function wordingFor({ city, desk }: DeliveryDeps, { locale }: ConversationRow) {
  const words = createPartWords(city, desk);
  return {
    of: (part: Part) => words(part, locale),
    choose: desk.phrase('choices.choose', locale),
    byNumber: desk.phrase('choices.by_number', locale),
  };
}

const reachesNobody = {
  code: 'sample_contact',
  reason: 'Es un contacto del día de ejemplo: no hay nadie a quien enviarlo.',
  permanent: true,
};

const notConnected = { code: 'channel_missing', reason: 'El canal no está conectado.', permanent: true };

const tooLate: SendResult = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'window_closed',
  reason:
    'Cuando iba a salir ya se había cerrado el plazo para escribirle. Manda una plantilla o espera a que escriba.',
};

const expired: SendResult = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'expired',
  reason: 'Se intentó durante tres días sin lograrlo. Puedes intentarlo otra vez o buscar a la persona por otro medio.',
};
