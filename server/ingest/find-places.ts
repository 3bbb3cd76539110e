import { sql } from 'kysely';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import type { Arrival } from './arrival.ts';
import { type FirstAddress, firstAddresses } from './first-addresses.ts';
import type { Sender } from './sender.ts';

/** Where a message belongs: a conversation that there is, or its sender's. */
export type Place = { conversationId: string } | { sender: Sender; first: FirstAddress | undefined };

/** Any fixed number, the same for every server. */
const THREADS_LOCK = 4_200_003;

/**
 * Finds the conversation of each message. On channels with threads the ids that it answers lead there, nearest first,
 * then its own (an answer may have come before it), then the secret in our address, and at last the number in its
 * subject, which counts only for who takes part in that conversation.
 *
 * Messages that answer each other may come in one batch, so each is looked for among those before it, too. Threads
 * are looked up by one transaction at a time, of whichever server: the answer must see what it answers.
 */
export async function findPlaces(unit: Unit, arrivals: readonly Arrival[]): Promise<Map<Arrival, Place>> {
  const threaded = arrivals.filter(({ event }) => event.thread);
  const known = threaded.length > 0 ? await look(unit, threaded) : null;
  const firsts = await firstAddresses(unit, arrivals);
  const begun = new Map<string, Place>();

  return new Map(
    arrivals.map((arrival): [Arrival, Place] => {
      const { thread } = arrival.event;
      const first = firsts.get(arrival);
      const own: Place = { sender: senderOf(arrival, first), first };
      if (!thread?.trusted || !known) return [arrival, own];
      const ids = [...thread.answers, thread.id];
      const place =
        nearest(ids, (id) => known.references.get(id) ?? begun.get(id)) ??
        nearest(thread.tokens, (token) => known.tokens.get(token)) ??
        known.byNumber(thread.ticketNumber, arrival.event.from.address) ??
        own;
      for (const id of ids) if (!begun.has(id)) begun.set(id, place);
      return [arrival, place];
    }),
  );
}

/** A thread has its own conversation; elsewhere an address has one. */
function senderOf({ accountId, channel, event }: Arrival, first: FirstAddress | undefined): Sender {
  const { displayName, phone } = event.from;
  const address = first?.address ?? event.from.address;
  const claims = event.thread?.trusted === false ? { knownAs: `unverified:${address}` } : {};
  return {
    accountId,
    channel,
    address,
    aliases: first?.names.filter((name) => name !== address),
    thread: event.thread ? event.externalId : '',
    displayName,
    phone,
    locale: event.locale ?? 'es',
    ...claims,
  };
}

function nearest<Key, Found>(keys: readonly Key[], find: (key: Key) => Found | undefined): Found | undefined {
  for (const key of keys) {
    const found = find(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function look({ tx }: Unit, arrivals: readonly Arrival[]) {
  await sql`select pg_advisory_xact_lock(${THREADS_LOCK})`.execute(tx);
  const threads = arrivals.flatMap(({ event }) => (event.thread?.trusted ? [event.thread] : []));
  const ids = threads.flatMap((thread) => [...thread.answers, thread.id]);
  const tokens = threads.flatMap((thread) => thread.tokens);
  const numbers = threads.flatMap((thread) => thread.ticketNumber ?? []);

  const { rows } = await sql<{ kind: 'id' | 'token' | 'number'; key: string; conversation_id: string; who: string }>`
    select 'id' as kind, internet_message_id as key, conversation_id, '' as who
      from email_reference where internet_message_id = any(${ids})
    union all select 'token', token, conversation_id, '' from email_token where token = any(${tokens})
    union all select 'number', t.number::text, t.conversation_id, p.address
      from ticket t join email_participant p on p.conversation_id = t.conversation_id
      where t.number = any(${numbers})`.execute(tx);

  const of = (kind: string) =>
    new Map(
      rows
        .filter((row) => row.kind === kind)
        .map((row): [string, Place] => [
          kind === 'number' ? addressKey(row.key, row.who) : row.key,
          { conversationId: row.conversation_id },
        ]),
    );
  const numbered = of('number');
  return {
    references: of('id'),
    tokens: of('token'),
    byNumber: (number: number | null, address: string) => numbered.get(addressKey(String(number), address)),
  };
}
