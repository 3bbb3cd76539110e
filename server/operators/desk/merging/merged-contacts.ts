import { sql } from 'kysely';
import type { ChannelName } from '../../../contract/channel.ts';
import type { City } from '../../../contract/city.ts';
import { AppError } from '../../../contract/errors.ts';
import type { TicketDetail, TicketSummary } from '../../../contract/http.ts';
import type { JoinedConversation, MergedContact } from '../../../contract/ticket-merge.ts';
import { readMessages } from '../../../conversations/read-messages.ts';
import type { Db } from '../../../database/database.ts';
import { messagingStanding } from '../../../delivery/messaging-standing.ts';
import type { Windows } from '../../../delivery/window.ts';
import type { Actor } from '../../actor.ts';
import { answerByMail } from '../answer-by-mail.ts';
import { reachOf } from '../reach.ts';
import { standingMerges } from './undoable.ts';

const MESSAGES = 50;

/** Ids of the conversations of a contact: its own first, then those that merged contacts brought. */
export async function conversationsOf(db: Db, ticketId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select conversation_id as id from ticket where id = ${ticketId} or merged_into = ${ticketId}
    group by conversation_id order by bool_or(id = ${ticketId}) desc, min(number)`.execute(db);
  return rows.map(({ id }) => id);
}

interface MergedRow {
  id: string;
  number: number;
  channel: ChannelName;
  conversation_id: string;
  citizen_name: string | null;
  address: string;
}

/** What became part of a contact, with what was said in the conversations that it brought. */
export async function mergedContacts(
  db: Db,
  { city, windows }: { city: City; windows: Windows },
  actor: Actor,
  ticket: TicketSummary,
): Promise<Pick<TicketDetail, 'merged' | 'joined'>> {
  const { rows } = await sql<MergedRow>`
    select t.id, t.number, t.channel, t.conversation_id, c.name as citizen_name, v.address
    from ticket t join citizen c on c.id = t.citizen_id join conversation v on v.id = t.conversation_id
    where t.merged_into = ${ticket.id} order by t.number`.execute(db);
  if (rows.length === 0) return { merged: [], joined: [] };
  const merges = await standingMerges(
    db,
    rows.map(({ id }) => id),
  );
  const brought = new Map(rows.map((row) => [row.conversation_id, row]));
  brought.delete(ticket.conversationId);
  const joined = await Promise.all([...brought.values()].map(read));
  return { merged: rows.flatMap(present), joined: joined.filter((each) => each !== null) };

  function present({ id, number, channel, citizen_name: citizenName }: MergedRow): MergedContact[] {
    const merge = merges.find(({ merged_id: mergedId }) => mergedId === id);
    if (!merge) return [];
    const { operator_name: by, at, kept_id: keptId } = merge;
    const undoable = merge.undoable && keptId === ticket.id;
    return [{ ticketId: id, number, channel, citizenName, by, at: at.toISOString(), undoable }];
  }

  async function read(row: MergedRow): Promise<JoinedConversation | null> {
    const reach = await reachOf(db, actor, row.conversation_id).catch((error) => {
      if (error instanceof AppError) return null;
      throw error;
    });
    if (reach === null) return null;
    const { messages, cursors, hasEarlier } = await readMessages(db, row.conversation_id, { limit: MESSAGES, reach });
    const { conversation_id: id, number, channel, citizen_name: citizenName, address } = row;
    return {
      id,
      number,
      channel,
      citizenName,
      address,
      messages,
      cursors,
      hasEarlier,
      email: channel === 'email' ? await answerByMail(db, city, actor, { ...ticket, conversationId: id }) : null,
      messaging: await messagingStanding(db, city, windows, id),
    };
  }
}
