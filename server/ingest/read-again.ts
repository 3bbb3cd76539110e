import { sql } from 'kysely';
import type { Logger } from 'pino';
import {
  type Channel,
  type ChannelName,
  type InboundEvent,
  type InboundMessage,
  inboundEventSchema,
} from '../contract/channel.ts';
import { presentMessage } from '../conversations/present-message.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { keepFetches } from '../media/keep-fetches.ts';
import { VERSION } from '../version.ts';
import type { Ingest } from './ingest.ts';
import { keptUnder } from './keep-unsupported.ts';
import { listAnew } from './list-anew.ts';

interface Parts {
  db: Db;
  unitOfWork: UnitOfWork;
  channels: ReadonlyMap<ChannelName, Channel<never>>;
  ingest: Ingest;
  log: Logger;
}

interface Unread {
  id: string;
  account: string;
  channel: ChannelName;
  body: string;
}

/**
 * Reads again what another version of the program could not: the message that lacked something gets it in its place,
 * what gave no message is received now. Each input once a version.
 * @param limit most inputs of one call
 * @returns how many were tried
 */
export async function readAgain(parts: Parts, limit: number): Promise<number> {
  // Mails are kept elsewhere, and read again from there.
  const connected = [...parts.channels.keys()].filter((name) => name !== 'email');
  const { rows } = await sql<Unread>`
    select r.id, r.channel_account_id as account, a.channel, r.body
    from raw_input r join channel_account a on a.id = r.channel_account_id
    where r.decoded_at is null and (r.reader is null or r.reader < ${VERSION} or r.reader > ${VERSION})
      and a.channel = any(${connected})
    order by r.received_at limit ${limit}`.execute(parts.db);
  for (const row of rows) await readOne(parts, row);
  return rows.length;
}

async function readOne(parts: Parts, unread: Unread): Promise<void> {
  const channel = parts.channels.get(unread.channel);
  if (!channel) return;
  const events = await decode(channel, unread.body);
  if (typeof events === 'string') return note(parts.unitOfWork, unread, events);
  let incomplete = false;
  for (const event of events) {
    if (event.type === 'message' && (await complete(parts, unread, event))) {
      incomplete ||= event.parts.some(({ type }) => type === 'unsupported');
    } else await parts.ingest.take(unread.account, channel, [event]);
  }
  await note(parts.unitOfWork, unread, incomplete ? 'unsupported' : null);
  parts.log.info({ rawId: unread.id, channel: unread.channel, incomplete }, 'input read again');
}

/** @returns the events, or why it still cannot be read */
async function decode(channel: Channel<never>, body: string): Promise<InboundEvent[] | string> {
  try {
    return inboundEventSchema.array().parse(await (channel as Channel<unknown>).decode(JSON.parse(body)));
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

/** @param problem null: all of it is read */
function note(unitOfWork: UnitOfWork, { id }: Unread, problem: string | null): Promise<void> {
  return unitOfWork(async ({ tx, now }) => {
    await tx
      .updateTable('raw_input')
      .set({ reader: VERSION, ...(problem === null ? { decoded_at: now } : { error: problem.slice(0, 2_000) }) })
      .where('id', '=', id)
      .execute();
  });
}

/** Puts what can be read now into the message that lacks it. @returns false when there is no such message */
function complete({ unitOfWork }: Parts, { id: rawId, account }: Unread, event: InboundMessage): Promise<boolean> {
  return unitOfWork(async (unit) => {
    const row = await unit.tx
      .selectFrom('message')
      .selectAll()
      .where('channel_account_id', '=', account)
      .where('external_id', '=', event.externalId)
      .forUpdate()
      .executeTakeFirst();
    if (!row?.parts.some((part) => part.type === 'unsupported' && part.rawId === rawId)) return false;
    const parts = keptUnder(event.parts, rawId);
    await unit.tx
      .updateTable('message')
      .set({ parts: json(parts) })
      .where('id', '=', row.id)
      .execute();
    await listAnew(unit, [{ ...row, parts }]);
    unit.emit('message.changed', row.id);
    await keepFetches(unit, [{ arrival: { accountId: account, event }, message: presentMessage({ ...row, parts }) }]);
    return true;
  });
}
