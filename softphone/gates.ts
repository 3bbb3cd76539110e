import { hears, type RoomMember } from '../server/contract/call-room.ts';

/** Whom of a room's others somebody hears, and who hears them, by leg. */
export function gatesOf(
  you: string,
  members: readonly RoomMember[],
): ReadonlyMap<string, { hearing: boolean; heard: boolean }> {
  const self = members.find(({ legId }) => legId === you);
  if (!self) return new Map();
  return new Map(
    members
      .filter(({ legId }) => legId !== you)
      .map((other) => [other.legId, { hearing: hears(self, other), heard: hears(other, self) }]),
  );
}
