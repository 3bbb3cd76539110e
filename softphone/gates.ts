import type { RoomMember } from '../server/contract/call-room.ts';
import { hears, meets } from '../server/contract/who-hears.ts';

/** What passes between somebody and one of the others. */
export interface Gate {
  /** We hear them. */
  hearing: boolean;
  /** They hear us. */
  heard: boolean;
  /** Whose voices we pass on to them beside our own, because they have no way to them. */
  relays: readonly string[];
}

/**
 * Whom of a room's others somebody has a way to, whom they hear and who hears them, by leg.
 * A supervisor who only listens has no way to the citizen, who would know of it: the operator passes the citizen on.
 */
export function gatesOf(you: string, members: readonly RoomMember[]): ReadonlyMap<string, Gate> {
  const self = members.find(({ legId }) => legId === you);
  if (!self) return new Map();
  const others = members.filter((other) => other.legId !== you && meets(self, other));
  return new Map(
    others.map((other) => [
      other.legId,
      {
        hearing: hears(self, other),
        heard: hears(other, self),
        relays:
          self.role === 'operator'
            ? others.filter((third) => !meets(other, third) && hears(other, third)).map(({ legId }) => legId)
            : [],
      },
    ]),
  );
}

/** Whose voices are recorded: what the citizen says and hears, and nothing that is said behind their back. */
export function recordedOf(members: readonly RoomMember[]): ReadonlySet<string> {
  const citizen = members.find(({ role }) => role === 'citizen');
  if (!citizen || citizen.held) return new Set();
  return new Set(members.filter((one) => one === citizen || hears(citizen, one)).map(({ legId }) => legId));
}
