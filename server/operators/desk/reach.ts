import type { Selectable } from 'kysely';
import { isConsulted } from '../../calls/calls-of-ticket.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db, Tables } from '../../database/database.ts';
import { type Actor, maySee, mustSee } from '../actor.ts';

/**
 * How far an actor may read a conversation, as a sequence number. Whoever sees a contact sees all that was said until
 * its end, in earlier contacts too; not what was said later, in a contact that is not theirs.
 * @throws AppError `not_found` when they may see none of its contacts
 */
export async function reachOf(db: Db, actor: Actor, conversationId: string): Promise<number> {
  const side = await sideOf(db, conversationId);
  if (side) {
    mustSee(actor, side);
    return Number.POSITIVE_INFINITY;
  }
  const tickets = await db
    .selectFrom('ticket')
    .select(columns)
    .where('conversation_id', '=', conversationId)
    .orderBy('number', 'desc')
    .execute();
  const wentOn = await byId(
    db,
    tickets.flatMap((ticket) => ticket.merged_into ?? []),
  );
  // Whoever sees a contact sees what is part of it.
  const seen = tickets.flatMap((ticket) => {
    const kept = wentOn.get(ticket.merged_into ?? '');
    return [ticket, ...(kept ? [kept] : [])].some((each) => maySee(actor, each))
      ? [ticket.id, ...(kept && maySee(actor, kept) ? [kept.id] : [])]
      : [];
  });
  const last = tickets.find((ticket) => ticket.state !== 'closed') ?? tickets[0];
  // What is said after a contact became part of another is of that one.
  const current = wentOn.get(last?.merged_into ?? '') ?? last;
  const isSeen = current && (seen.includes(current.id) || (await isConsulted(db, actor.id, [current.id])));
  if (!isSeen && seen.length === 0) throw new AppError('not_found');
  if (current && isSeen) {
    return current.state === 'bot' && !actor.protectedGrant
      ? heardByBot(db, conversationId, current.bot_seq)
      : Number.POSITIVE_INFINITY;
  }
  const until = await db
    .selectFrom('message')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('ticket_id', 'in', seen)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return until?.seq ?? 0;
}

const columns = ['id', 'operator_id', 'queue_id', 'state', 'protected', 'bot_seq', 'merged_into'] as const;

async function byId(db: Db, ids: readonly string[]) {
  const rows =
    ids.length > 0
      ? await db
          .selectFrom('ticket')
          .select(columns)
          .where('id', 'in', [...ids])
          .execute()
      : [];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Until the bot has heard it, nobody knows whether what was said is to be protected. */
async function heardByBot(db: Db, conversationId: string, botSeq: number): Promise<number> {
  const unheard = await db
    .selectFrom('message')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('direction', '=', 'in')
    // What wants no answer is never heard.
    .where('ticket_id', 'is not', null)
    .where('seq', '>', botSeq)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return unheard ? unheard.seq - 1 : Number.POSITIVE_INFINITY;
}

/** The ticket about which a conversation asks a department: who may see the one may read the other. */
function sideOf(db: Db, conversationId: string) {
  return db
    .selectFrom('conversation as c')
    .innerJoin('ticket as t', 't.id', 'c.side_of')
    .select(['t.operator_id', 't.queue_id', 't.state', 't.protected'])
    .where('c.id', '=', conversationId)
    .executeTakeFirst();
}

/** @throws AppError `not_found` unless the actor may read this message */
export async function mustReachMessage(
  db: Db,
  actor: Actor,
  messageId: string,
): Promise<Selectable<Tables['message']>> {
  const message = await db.selectFrom('message').selectAll().where('id', '=', messageId).executeTakeFirst();
  if (!message || message.seq > (await reachOf(db, actor, message.conversation_id))) throw new AppError('not_found');
  return message;
}

/** @throws AppError `not_found` unless the actor may see a contact of this person */
export async function mustKnowCitizen(db: Db, actor: Actor, citizenId: string): Promise<void> {
  const tickets = await db
    .selectFrom('ticket')
    .select(['id', 'operator_id', 'queue_id', 'state', 'protected'])
    .where('citizen_id', '=', citizenId)
    .execute();
  if (tickets.some((ticket) => maySee(actor, ticket))) return;
  const ids = tickets.map(({ id }) => id);
  if (!(await isConsulted(db, actor.id, ids))) throw new AppError('not_found');
}

/** Whether a message within reach carries the file. */
export async function reachesFile(
  db: Db,
  actor: Actor,
  file: { id: string; conversation_id: string },
): Promise<boolean> {
  const reach = await reachOf(db, actor, file.conversation_id).catch((error) => {
    if (error instanceof AppError) return 0;
    throw error;
  });
  if (reach === Number.POSITIVE_INFINITY) return true;
  const messages = await db
    .selectFrom('message')
    .select('parts')
    .where('conversation_id', '=', file.conversation_id)
    .where('seq', '<=', reach)
    .execute();
  return messages.some(({ parts }) => parts.some((part) => part.type === 'media' && part.attachmentId === file.id));
}
