import { v7 as uuid } from 'uuid';
import type { ChannelName } from '../../server/contract/channel.ts';
import type { TicketEvent } from '../../server/contract/http.ts';
import type { Tx } from '../../server/database/database.ts';
import { json } from '../../server/database/json.ts';
import { seededRandom } from './seeded-random.ts';

/** A line as the server writes it. */
export interface WrittenLine {
  ticketId: string;
  type: TicketEvent['type'];
  at: Date;
  actorType: 'citizen' | 'bot' | 'operator' | 'system';
  actorId: string | null;
  data: Record<string, unknown>;
}

export interface WrittenContact {
  id: string;
  channel: ChannelName;
  lines: WrittenLine[];
}

interface Stage {
  seed: number;
  contacts: number;
  /** They begin within the hours after it. */
  from: Date;
  hours: number;
  operatorIds: readonly string[];
  queueIds: readonly string[];
}

/** Contacts of every kind, the same for the same seed: with the bot, given up, passed on, put aside, opened again. */
export function writeStories({ seed, contacts, from, hours, operatorIds, queueIds }: Stage): WrittenContact[] {
  const random = seededRandom(seed);
  return Array.from({ length: contacts }, () => {
    const id = uuid();
    const channel = random.pick<ChannelName>(['chat', 'whatsapp', 'email']);
    const lines: WrittenLine[] = [];
    let at = from.getTime() + random.below(hours * 3_600) * 1_000;
    const tell = (
      type: WrittenLine['type'],
      actorType: WrittenLine['actorType'],
      actorId: string | null,
      after: number,
      data: Record<string, unknown> = {},
    ) => {
      at += after * 1_000;
      lines.push({ ticketId: id, type, at: new Date(at), actorType, actorId, data });
    };
    const queueId = random.pick(queueIds);
    tell('opened', 'citizen', null, 0);
    if (channel === 'email') tell('queued', 'citizen', null, 0, { queueId });
    else if (random.below(4) === 0) tell('closed', 'bot', null, 40 + random.below(200), { disposition: 'bot' });
    else tell('queued', 'bot', null, 20 + random.below(90), { queueId, reason: 'asked' });
    if (lines.at(-1)?.type === 'closed') return { id, channel, lines };

    const wait = random.below(random.pick([8, 60, 400]));
    const ends = random.below(10);
    if (ends === 0) {
      tell('closed', 'citizen', null, wait, { disposition: null });
      return { id, channel, lines };
    }
    if (ends === 1) {
      tell('closed', 'operator', random.pick(operatorIds), wait, { disposition: 'spam' });
      return { id, channel, lines };
    }
    const first = random.pick(operatorIds);
    tell('offered', 'system', null, wait, { operatorId: first });
    tell('offer_accepted', 'operator', first, 3);
    let holder = first;
    if (random.below(5) === 0) {
      tell('transferred', 'operator', holder, 60 + random.below(300), {
        operatorId: null,
        queueId: random.pick(queueIds),
      });
      holder = random.pick(operatorIds);
      tell('offer_accepted', 'operator', holder, random.below(120));
    }
    if (random.below(6) === 0) {
      tell('snoozed', 'operator', holder, 30, { until: null });
      tell('woken', 'citizen', null, 600 + random.below(3_000), { reason: 'answered', queueId, to: 'assigned' });
    }
    tell('closed', 'operator', holder, 60 + random.below(900), { disposition: 'informed' });
    if (random.below(3) === 0) tell('rated', 'citizen', null, 30, { score: 1 + random.below(5) });
    return { id, channel, lines };
  });
}

/** Puts contacts into a database as if a server had lived through them, each of a citizen of their own. */
export async function storeStories(tx: Tx, contacts: readonly WrittenContact[]): Promise<void> {
  const account = await tx.selectFrom('channel_account').select('id').limit(1).executeTakeFirstOrThrow();
  for (const { id, channel, lines } of contacts) {
    const [first] = lines;
    const last = lines.at(-1);
    if (!first || !last) continue;
    const citizenId = uuid();
    const conversationId = uuid();
    const times = { created_at: first.at, updated_at: last.at };
    await tx
      .insertInto('citizen')
      .values({ id: citizenId, name: null, locale: 'es', ...times })
      .execute();
    await tx
      .insertInto('conversation')
      .values({
        id: conversationId,
        citizen_id: citizenId,
        channel_account_id: account.id,
        channel,
        address: id,
        locale: 'es',
        thread: '',
        ...times,
      } as never)
      .execute();
    await tx
      .insertInto('ticket')
      .values({
        id,
        conversation_id: conversationId,
        citizen_id: citizenId,
        channel,
        state: 'closed',
        priority: 2,
        clock_at: first.at,
        closed_at: last.at,
        bot_seq: 0,
        unread: 0,
        version: 1,
        ...times,
      } as never)
      .execute();
    await tx
      .insertInto('ticket_event')
      .values(
        lines.map((line) => ({
          ticket_id: id,
          conversation_id: conversationId,
          type: line.type,
          at: line.at,
          actor_type: line.actorType,
          actor_id: line.actorId,
          actor_name: null,
          data: json(line.data),
          client_id: null,
        })),
      )
      .execute();
  }
}
