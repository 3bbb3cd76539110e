import { z } from 'zod';

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
