import type { CallLeg } from './call.ts';
import type { CallRoom, RoomMember } from './call-room.ts';

type Voice = Pick<RoomMember, 'legId' | 'held' | 'silent' | 'whispersTo'>;
type Presence = Pick<RoomMember, 'role' | 'silent' | 'whispersTo'>;

/**
 * Who hears whom, the same on every line: whoever is on hold hears nobody and is heard by nobody; whoever whispers is
 * heard by one alone; whoever is silent by none.
 */
export function hears(listener: Voice, speaker: Voice): boolean {
  if (listener.legId === speaker.legId || listener.held || speaker.held) return false;
  if (speaker.whispersTo) return speaker.whispersTo === listener.legId;
  return !speaker.silent;
}

/**
 * Whether two people of a room have a way to each other. The citizen has none to a supervisor whom they cannot hear,
 * and is told of them only once they speak.
 */
export function meets(one: Presence, other: Presence): boolean {
  const hidden = (them: Presence, from: Presence) =>
    from.role === 'citizen' && them.role === 'supervisor' && (them.silent || them.whispersTo !== null);
  return !hidden(one, other) && !hidden(other, one);
}

export const memberOf = ({ id, role, name, held, silent, whispersTo }: CallLeg): RoomMember => ({
  legId: id,
  role,
  name,
  held,
  silent,
  whispersTo,
});

/** A call's room as one of its people may see it: who is in it now, without those whom they are not to know of. */
export function roomFor(you: CallLeg, call: { id: string; version: number; legs: readonly CallLeg[] }): CallRoom {
  const inside = call.legs.filter(({ state }) => state === 'joined');
  const seen = inside.filter((leg) => leg.id === you.id || you.role !== 'citizen' || meets(you, leg));
  return { callId: call.id, you: you.id, members: seen.map(memberOf), version: call.version };
}
