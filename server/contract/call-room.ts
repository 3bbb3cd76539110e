import { z } from 'zod';
import type { CallLeg } from './call.ts';

/** A call's people, to each of them. */
export const callRoomSchema = z.object({
  callId: z.uuid(),
  /** The reader's own leg. */
  you: z.uuid(),
  members: z.array(
    z.object({
      legId: z.uuid(),
      role: z.enum(['citizen', 'operator', 'consulted', 'supervisor', 'outside']),
      /** First name as the others may see it; the citizen is told of no supervisor. */
      name: z.string().nullable(),
      held: z.boolean(),
      silent: z.boolean(),
      whispersTo: z.uuid().nullable(),
    }),
  ),
  version: z.number().int().nonnegative().describe('Grows with every change; a lower one is older news'),
});
export type CallRoom = z.infer<typeof callRoomSchema>;
export type RoomMember = CallRoom['members'][number];

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

/** What two browsers tell each other to find a way between them: WebRTC's own words. */
export const callSignalSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['offer', 'answer']), sdp: z.string().min(1).max(20_000) }),
  z.object({
    type: z.literal('candidate'),
    /** Null: there are no more. */
    candidate: z
      .object({
        candidate: z.string().max(1_000),
        sdpMid: z.string().max(100).nullable(),
        sdpMLineIndex: z.number().int().nonnegative().nullable(),
      })
      .nullable(),
  }),
]);
export type CallSignal = z.infer<typeof callSignalSchema>;
