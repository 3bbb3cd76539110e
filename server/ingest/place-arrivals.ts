import { type ConversationRow, lockConversations } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import type { Arrival } from './arrival.ts';
import { findPlaces, type Place } from './find-places.ts';
import { keepNames } from './first-addresses.ts';
import { openConversations } from './open-conversations.ts';
import type { Placed } from './placed.ts';

/** Arrivals whose conversation nobody else holds, with it: found, or begun. */
export async function placeArrivals(unit: Unit, arrivals: readonly Arrival[]): Promise<Placed[]> {
  const places = await findPlaces(unit, arrivals);
  const known = new Set([...places.values()].flatMap((place) => ('sender' in place ? [] : place.conversationId)));
  const senders = [...places.values()].flatMap((place) => ('sender' in place ? place.sender : []));
  const byId = known.size > 0 ? await lockConversations(unit.tx, [...known], 'skip') : new Map();
  const bySender = senders.length > 0 ? await openConversations(unit, senders, 'skip') : new Map();
  const conversationOf = (place: Place): ConversationRow | undefined => {
    if (!('sender' in place)) return byId.get(place.conversationId);
    const { accountId, address, thread } = place.sender;
    return bySender.get(addressKey(accountId, address, thread));
  };
  const placed = [...places].flatMap(([arrival, place]) => {
    const conversation = conversationOf(place);
    return conversation ? [{ arrival, conversation, place }] : [];
  });
  await keepNames(
    unit,
    placed.flatMap(({ arrival, conversation, place }) =>
      'sender' in place && place.first ? [{ arrival, conversation, first: place.first }] : [],
    ),
  );
  return placed;
}
