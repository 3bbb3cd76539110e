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

/**
 * A call's room as one of its people may see it: who is in it now. Citizens know who speaks by first name, and nothing
 * of whoever only listens.
 */
export function roomFor(you: CallLeg, call: { id: string; version: number; legs: readonly CallLeg[] }): CallRoom {
  const inside = call.legs.filter(({ state }) => state === 'joined');
  const seen = you.role === 'citizen' ? inside.filter((leg) => leg.id === you.id || meets(you, leg)) : inside;
  return { callId: call.id, you: you.id, members: seen.map((leg) => memberFor(you, leg)), version: call.version };
}

function memberFor(you: CallLeg, { id, role, name, held, silent, whispersTo }: CallLeg): RoomMember {
  const known = you.role === 'citizen' ? (name?.split(/\s+/)[0] ?? null) : name;
  return { legId: id, role, name: known, held, silent, whispersTo };
}
