import { z } from 'zod';
import { fieldSchema, timestampSchema } from './message.ts';
import { slugSchema } from './slug.ts';

/** Telephone calls as the console knows them. Times are UTC ISO 8601, durations whole seconds. */

/** Who carries a call: a telephone company behind Twilio, or the browsers themselves by WebRTC. */
export const lineKindSchema = z.enum(['twilio', 'web']);
export type LineKind = z.infer<typeof lineKindSchema>;

/**
 * Where a call is. dialling: we call them · bot: greeting and bot · queue: music and announcements · connecting: an
 * operator has accepted and their line rings · room: people talk · voicemail: they leave a message · ended
 */
export const callStages = ['dialling', 'bot', 'queue', 'connecting', 'room', 'voicemail', 'ended'] as const;
export const callStageSchema = z.enum(callStages);
export type CallStage = z.infer<typeof callStageSchema>;

/**
 * What a call came to. answered: a person spoke with them · self_service: the bot was enough · abandoned: they hung up
 * before anybody answered · callback: they gave up waiting for a call back · voicemail: they left a message ·
 * moved: they go on by chat or WhatsApp · transferred: passed on to a number outside · unreached: nobody answered our
 * call · failed: the line broke before anybody spoke
 */
export const callOutcomes = [
  'answered',
  'self_service',
  'abandoned',
  'callback',
  'voicemail',
  'moved',
  'transferred',
  'unreached',
  'failed',
] as const;
export const callOutcomeSchema = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

/** outside: a number that the city called in; supervisor: listens, whispers or talks along. */
export const legRoleSchema = z.enum(['citizen', 'operator', 'consulted', 'supervisor', 'outside']);
export type LegRole = z.infer<typeof legRoleSchema>;
export const legStateSchema = z.enum(['ringing', 'joined', 'left', 'unreached']);
export type LegState = z.infer<typeof legStateSchema>;

/** One person's end of a call. */
export const callLegSchema = z.object({
  id: z.uuid().describe("The citizen's has the id of the call"),
  role: legRoleSchema,
  operatorId: z.string().nullable(),
  name: z.string().nullable(),
  address: z.string().nullable().describe('E.164 of somebody on a telephone'),
  state: legStateSchema,
  held: z.boolean().describe('Hears music instead of the others, who do not hear them'),
  /** Cannot be heard by anybody; by `whispersTo` alone where that names a leg. */
  silent: z.boolean(),
  whispersTo: z.uuid().nullable(),
  joinedAt: timestampSchema.nullable(),
  leftAt: timestampSchema.nullable(),
});
export type CallLeg = z.infer<typeof callLegSchema>;

/** How a call's time was spent: the parts add up to `total`, from its first ring to its end. Milliseconds. */
export const callTimesSchema = z.object({
  total: z.number().int().nonnegative(),
  /** Ringing at the citizen's, of a call that we made. */
  dialling: z.number().int().nonnegative(),
  /** With greeting and bot. */
  bot: z.number().int().nonnegative(),
  /** In the queue, until somebody was on the line. */
  wait: z.number().int().nonnegative(),
  /** With a person. */
  talk: z.number().int().nonnegative(),
  /** Put on hold by a person. */
  hold: z.number().int().nonnegative(),
  voicemail: z.number().int().nonnegative(),
});
export type CallTimes = z.infer<typeof callTimesSchema>;

/** no: it is not recorded · on · paused: the operator asked for it · protected: never, by rule */
export const recordingStateSchema = z.enum(['no', 'on', 'paused', 'protected']);
export type RecordingState = z.infer<typeof recordingStateSchema>;

export const callRecordingSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['call', 'voicemail']),
  state: z.enum(['arriving', 'kept', 'lost', 'erased']),
  startedAt: timestampSchema,
  milliseconds: z.number().int().nonnegative().nullable(),
  mimeType: z.string().nullable(),
  /** `/recordings/:id/audio` has it; every opening is logged. */
  transcript: z.string().nullable(),
  erasedAfter: timestampSchema.nullable().describe('When the rule of retention erases it'),
});
export type CallRecording = z.infer<typeof callRecordingSchema>;

/** A call that they wait for. */
export const callbackSchema = z.object({
  phone: z.string(),
  why: z.enum(['asked', 'abandoned', 'voicemail']),
  wantedAt: timestampSchema,
  tries: z.number().int().nonnegative(),
  lastTriedAt: timestampSchema.nullable(),
});
export type Callback = z.infer<typeof callbackSchema>;

export const callViewSchema = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  conversationId: z.uuid(),
  line: lineKindSchema,
  account: z.object({ id: slugSchema, name: z.string(), address: z.string() }),
  direction: z.enum(['in', 'out']),
  from: z.string().nullable().describe('E.164; null where it is withheld or there is none'),
  to: z.string().nullable(),
  stage: callStageSchema,
  legs: z.array(callLegSchema),
  startedAt: timestampSchema,
  answeredAt: timestampSchema.nullable().describe('When a person was first on the line'),
  endedAt: timestampSchema.nullable(),
  outcome: callOutcomeSchema.nullable().describe('null while it goes on'),
  /** Where they were when they hung up unanswered. */
  abandonedIn: callStageSchema.nullable(),
  times: callTimesSchema.nullable().describe('null while it goes on'),
  recording: recordingStateSchema,
  recordings: z.array(callRecordingSchema),
  /** After the call: until when its operator is left alone to finish. */
  wrapUpUntil: timestampSchema.nullable(),
  version: z.number().int().nonnegative().describe('Grows with every change; a lower one is older news'),
});
export type CallView = z.infer<typeof callViewSchema>;

// ── What the console asks ─────────────────────────────────────────────────────────────────────────────────────

export const phoneNumberSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, 'E.164');

/** Where a call goes on: exactly one of these. */
export const callTargetSchema = z
  .object({
    operatorId: fieldSchema(60, 1).optional(),
    queueId: slugSchema.optional(),
    number: phoneNumberSchema.optional(),
  })
  .refine((to) => Object.values(to).filter(Boolean).length === 1, 'operatorId, queueId or number');
export type CallTarget = z.infer<typeof callTargetSchema>;

/** A call that the city makes. With `ticketId`, of that contact (a callback); else a new contact. */
export const startCallSchema = z.object({
  clientId: z.uuid().describe('A double click is one call'),
  to: phoneNumberSchema.optional().describe('Absent: the number that the contact waits to be called at'),
  accountId: slugSchema.optional().describe('The line it leaves by, whose number they see; absent: the first'),
  ticketId: z.uuid().optional(),
  citizenId: z.uuid().optional(),
  caseId: z.uuid().optional(),
});
/** What stands in the link that a caller was sent, and an id of the browser: asked again by the same one, it is one. */
export const takeChatLinkSchema = z.object({ code: z.string().min(20).max(60), browser: z.uuid() });
export const takenChatLinkSchema = z.object({ token: z.string().describe('Of the visitor whose chat it is') });
export const holdCallSchema = z.object({ held: z.boolean() });
export const endConsultationSchema = z.object({
  /** back: to the citizen alone · conference: all three · complete: the consulted person takes the call */
  how: z.enum(['back', 'conference', 'complete']),
});
export const pauseRecordingSchema = z.object({ paused: z.boolean() });
export const monitorCallSchema = z.object({ how: z.enum(['listen', 'whisper', 'join']) });
export const extendWrapUpSchema = z.object({ seconds: z.number().int().min(15).max(900) });

export const iceServerSchema = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof iceServerSchema>;

/** What an operator's browser needs to take calls. */
export const callDeviceSchema = z.object({
  /** Lines of the city; calls leave by the first unless another is chosen. */
  lines: z.array(
    z.object({
      accountId: slugSchema,
      kind: lineKindSchema,
      name: z.string(),
      address: z.string().describe('E.164 that people see; empty for calls from the browser'),
      simulated: z.boolean(),
    }),
  ),
  iceServers: z.array(iceServerSchema),
  /** For `@twilio/voice-sdk`; null: no line by Twilio, or it has no API key. */
  twilio: z.object({ identity: z.string(), token: z.string(), expiresAt: timestampSchema }).nullable(),
  /** Where the emulated Twilio keeps the operator's telephone; null: no line is emulated. */
  simulated: z.object({ identity: z.string(), path: z.string() }).nullable(),
  wrapUpSeconds: z.number().int(),
  /** The call that this operator is in: after a reload the browser goes on with it. */
  current: z.object({ call: callViewSchema, legId: z.uuid() }).nullable(),
});
export type CallDevice = z.infer<typeof callDeviceSchema>;

export const callListViewSchema = z.enum(['live', 'callbacks', 'abandoned', 'voicemail', 'all']);
export const listCallsSchema = z.object({
  view: callListViewSchema.default('live'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const callRowSchema = callViewSchema.extend({
  ticketNumber: z.number().int(),
  queueId: slugSchema.nullable(),
  citizen: z.object({ id: z.uuid(), name: z.string().nullable() }),
  operator: z.object({ id: z.string(), name: z.string() }).nullable(),
  callback: callbackSchema.nullable(),
});
export type CallRow = z.infer<typeof callRowSchema>;
export const callPageSchema = z.object({
  calls: z.array(callRowSchema),
  nextCursor: z.string().nullable(),
  counts: z.object({ live: z.number().int(), callbacks: z.number().int(), voicemail: z.number().int() }),
});
export type CallPage = z.infer<typeof callPageSchema>;
