import { v7 as uuid } from 'uuid';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import type { Sender } from './sender.ts';

/** What a sender is known by: their identities, on whichever account of the channel. */
const namesOf = ({ knownAs, address, aliases = [] }: Sender): string[] => [
  ...new Set([knownAs ?? address, ...aliases]),
];

/** Citizen, identities and conversation of people who write for the first time. Two at once: the first one counts. */
export async function introduce(unit: Unit, strangers: readonly Sender[]): Promise<void> {
  const { tx, now } = unit;
  // Held until the end: whose address it is must not change in a merge before their conversation is there.
  const known = await tx
    .selectFrom('identity')
    .select(['channel', 'address', 'citizen_id'])
    .where('channel', 'in', [...new Set(strangers.map((sender) => sender.channel))])
    .where('address', 'in', [...new Set(strangers.flatMap(namesOf))])
    .forShare()
    .execute();
  const citizenOf = new Map(known.map((row) => [addressKey(row.channel, row.address), row.citizen_id]));

  // Somebody may begin two conversations at once, under different names.
  const people: { sender: Sender; citizenId: string }[] = [];
  const identities: { sender: Sender; name: string; citizenId: string }[] = [];
  const introduced = strangers.map((sender) => {
    const names = namesOf(sender);
    const found = names.map((name) => citizenOf.get(addressKey(sender.channel, name))).find((id) => id !== undefined);
    const citizenId = found ?? uuid();
    if (!found) people.push({ sender, citizenId });
    for (const name of names) {
      const key = addressKey(sender.channel, name);
      if (citizenOf.has(key)) continue;
      citizenOf.set(key, citizenId);
      identities.push({ sender, name, citizenId });
    }
    return { sender, citizenId };
  });

  if (people.length > 0) {
    await tx
      .insertInto('citizen')
      .values(
        people.map(({ sender, citizenId }) => ({
          id: citizenId,
          name: sender.displayName ?? null,
          email: sender.channel === 'email' && !sender.knownAs ? sender.address : null,
          phone: sender.phone ?? null,
          locale: sender.locale,
          about: null,
          created_at: now,
          updated_at: now,
        })),
      )
      .execute();
  }
  if (identities.length > 0) {
    // Waits for a transaction that introduces the same person, and fails this one if that commits: it is tried again.
    await tx
      .insertInto('identity')
      .values(
        identities.map(({ sender, name, citizenId }) => ({
          id: uuid(),
          citizen_id: citizenId,
          channel: sender.channel,
          address: name,
          display_name: sender.displayName ?? null,
          created_at: now,
        })),
      )
      .execute();
  }
  await tx
    .insertInto('conversation')
    .values(
      introduced.map(({ sender, citizenId }) => ({
        id: uuid(),
        citizen_id: citizenId,
        channel_account_id: sender.accountId,
        channel: sender.channel,
        address: sender.address,
        thread: sender.thread ?? '',
        side_of: null,
        locale: sender.locale,
        last_seq: 0,
        citizen_delivered: 0,
        citizen_read: 0,
        city_delivered: 0,
        city_read: 0,
        consent_version: null,
        consent_at: null,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['channel_account_id', 'address', 'thread']).doNothing())
    .execute();
}
