import { sql } from 'kysely';
import type { ConversationRow } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import { type Arrival, isFromNetwork } from './arrival.ts';

/** Where an arrival's sender was first known at this account. */
export interface FirstAddress {
  address: string;
  /** All that they are known by, `address` included. */
  names: readonly string[];
  /** Those among `names` that did not lead there before. */
  learnt: readonly string[];
}

/** Any fixed number, the same for every server. */
const ALIASES_LOCK = 4_200_005;

/**
 * Leads whatever a person writes from to the address that their conversation began with, for channels where one person
 * has several. Names that nobody knows yet are looked up by one transaction at a time, of whichever server: two of them
 * may be one person's, and come at once.
 */
export async function firstAddresses(unit: Unit, arrivals: readonly Arrival[]): Promise<Map<Arrival, FirstAddress>> {
  const senders = arrivals.filter(isFromNetwork).map((arrival) => ({ arrival, names: namesOf(arrival) }));
  if (senders.length === 0) return new Map();
  let known = await look(unit, senders);
  const isKnown = ({ arrival, names }: Named): boolean =>
    new Set(names.map((name) => known.get(addressKey(arrival.accountId, name)) ?? null)).size === 1 &&
    known.has(addressKey(arrival.accountId, names[0] as string));
  if (!senders.every(isKnown)) {
    await sql`select pg_advisory_xact_lock(${ALIASES_LOCK})`.execute(unit.tx);
    known = await look(unit, senders);
  }
  return new Map(senders.map((sender) => [sender.arrival, lead(sender, known)]));
}

interface Named {
  arrival: Arrival;
  names: string[];
}

const namesOf = ({ event: { from } }: Arrival): string[] => [...new Set([from.address, ...(from.aliases ?? [])])];

/** Notes in `known` where all of the sender's names lead from now on. */
function lead({ arrival: { accountId }, names }: Named, known: Map<string, string>): FirstAddress {
  const leadOf = (name: string) => known.get(addressKey(accountId, name));
  const [own = ''] = names;
  const address = names.map(leadOf).find((found) => found !== undefined) ?? own;
  const learnt = names.filter((name) => name !== address && leadOf(name) !== address);
  for (const name of names) known.set(addressKey(accountId, name), address);
  return { address, names, learnt };
}

/** Where each name leads that is known: an alias to the first address, an address with a conversation to itself. */
async function look({ tx }: Unit, senders: readonly Named[]): Promise<Map<string, string>> {
  const accounts = [...new Set(senders.map(({ arrival }) => arrival.accountId))];
  const names = [...new Set(senders.flatMap((sender) => sender.names))];
  const { rows } = await sql<{ account: string; name: string; address: string }>`
    select channel_account_id as account, address as name, address
      from conversation where channel_account_id = any(${accounts}) and address = any(${names}) and thread = ''
    union all select channel_account_id, alias, address
      from address_alias where channel_account_id = any(${accounts}) and alias = any(${names})`.execute(tx);
  // Aliases come last: an address that turned out to be another's leads there, though it has a conversation.
  return new Map(rows.map((row) => [addressKey(row.account, row.name), row.address]));
}

/** Keeps what arrivals told of their senders: names that lead to the conversation, and the telephone where none is kept. */
export async function keepNames(
  unit: Unit,
  senders: readonly { arrival: Arrival; conversation: ConversationRow; first: FirstAddress }[],
): Promise<void> {
  const learnt = senders.flatMap(({ arrival, conversation, first }) =>
    first.learnt.map((alias) => ({
      channel_account_id: arrival.accountId,
      channel: arrival.channel,
      alias,
      address: first.address,
      citizen_id: conversation.citizen_id,
    })),
  );
  if (learnt.length > 0) {
    await sql`
      with learnt as (
        select distinct on (channel_account_id, alias) * from jsonb_to_recordset(${JSON.stringify(learnt)}::jsonb)
          as (channel_account_id text, channel text, alias text, address text, citizen_id uuid)
      ), redirected as (
        update address_alias a set address = l.address from learnt l
        where a.channel_account_id = l.channel_account_id and a.address = l.alias and a.alias not in (select alias from learnt)
      ), identified as (
        insert into identity (id, citizen_id, channel, address, created_at)
        select gen_random_uuid(), citizen_id, channel, alias, ${unit.now}::timestamptz from learnt
        on conflict (channel, address) do nothing
      )
      insert into address_alias (channel_account_id, alias, address)
      select channel_account_id, alias, address from learnt
      on conflict (channel_account_id, alias) do update set address = excluded.address`.execute(unit.tx);
  }
  const phones = senders.flatMap(({ arrival: { event }, conversation }) =>
    event.from.phone ? [{ citizen_id: conversation.citizen_id, phone: event.from.phone }] : [],
  );
  if (phones.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    update citizen c set phone = p.phone, updated_at = ${unit.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(phones)}::jsonb) as p(citizen_id uuid, phone text)
    where c.id = p.citizen_id and c.phone is null
    returning c.id`.execute(unit.tx);
  for (const { id } of rows) unit.emit('citizen.changed', { citizenId: id });
}
