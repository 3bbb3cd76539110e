import { z } from 'zod';
import type { boardStateSchema } from './board.ts';
import type { broadcastSchema } from './broadcast.ts';
import type { callViewSchema, IceServer } from './call.ts';
import { type CallRoom, callSignalSchema } from './call-room.ts';
import type { caseSummarySchema } from './case-summary.ts';
import { emailSchema, personNameSchema } from './channel.ts';
import { type ErrorBody, localeSchema } from './errors.ts';
import {
  type chatSettingsSchema,
  type meSchema,
  type offerOutcomeSchema,
  type offerSchema,
  type presenceSchema,
  publicCitySchema,
  type queueFiguresSchema,
  slugSchema,
  type ticketEventSchema,
  ticketStateSchema,
  type ticketSummarySchema,
  type viewerSchema,
} from './http.ts';
import {
  choicePartSchema,
  cursorsSchema,
  fieldSchema,
  limits,
  locationPartSchema,
  messageSchema,
  textSchema,
  timestampSchema,
  typedTextPartSchema,
} from './message.ts';
import type { CallPushes, CallStep } from './voice.ts';

/** Every ack: `{ok: true, ...}` after commit, or `{ok: false, error}` with nothing changed. */
export type Ack<T extends object = object> = ({ ok: true } & T) | { ok: false; error: ErrorBody };
type Acked<T extends object = object> = (ack: Ack<T>) => void;

// ── /chat: residents ──────────────────────────────────────────────────────────────────────────────────────────

/** First event of every connection. Without a token a new visitor begins; nothing is stored before the first message. */
export const chatHelloSchema = z.object({
  token: z.string().max(300).optional().describe('What an earlier hello gave; kept by the widget'),
  locale: localeSchema.default('es'),
  after: z.number().int().nonnegative().optional().describe('Highest seq on screen: the answer resumes behind it'),
});

/** What the resident may know of their contact. */
export const chatTicketSchema = z.object({
  id: z.uuid(),
  number: z.number().int(),
  state: ticketStateSchema,
  /** 1 is next. Only while waiting or offered. */
  position: z.number().int().positive().nullable(),
  expectedWaitSeconds: z.number().int().nonnegative().nullable(),
  operatorName: z.string().nullable(),
  /** False outside hours: then `opensAt` says when a person answers. */
  open: z.boolean(),
  opensAt: timestampSchema.nullable(),
  /** Closed, served by a person and not rated yet. */
  ratable: z.boolean(),
  /** Being found out could put them in danger: the widget offers a quick way out. */
  delicate: z.boolean(),
  version: z.number().int().nonnegative().describe('Grows with every change; a lower one is older news'),
});
export type ChatTicket = z.infer<typeof chatTicketSchema>;

export const chatPageSchema = z.object({
  conversationId: z.uuid().nullable(),
  /** Oldest first, without gaps. */
  messages: z.array(messageSchema),
  cursors: cursorsSchema,
  lastSeq: z.number().int().nonnegative(),
  hasEarlier: z.boolean(),
  ticket: chatTicketSchema.nullable(),
});
export type ChatPage = z.infer<typeof chatPageSchema>;

export const chatWelcomeSchema = chatPageSchema.extend({
  token: z.string(),
  profile: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
  consentVersion: z.string().nullable().describe('Version of the privacy notice accepted, if any'),
  city: publicCitySchema,
});
export type ChatWelcome = z.infer<typeof chatWelcomeSchema>;

/** A resident's message. A file goes first to `POST /api/v1/chat/files` and is named here by its id. */
export const chatSendSchema = z.object({
  clientId: z.uuid().describe('Made by the widget; a retry with the same id is the same message'),
  parts: z
    .array(
      z.discriminatedUnion('type', [
        typedTextPartSchema,
        choicePartSchema,
        locationPartSchema,
        z.object({ type: z.literal('media'), attachmentId: z.uuid() }),
      ]),
    )
    .min(1, 'empty_message')
    .max(limits.partsPerMessage),
});
export type ChatSend = z.infer<typeof chatSendSchema>;

export const chatSyncSchema = z.object({ after: z.number().int().nonnegative() });
export const chatHistorySchema = z.object({ before: z.number().int().positive() });
export const chatReceiptSchema = z.object({
  delivered: z.number().int().nonnegative().optional(),
  read: z.number().int().nonnegative().optional(),
});
export const typingSchema = z.object({ typing: z.boolean() });
export const chatConsentSchema = z.object({ version: z.string().min(1).max(60) });
/** Refused with `consent_required` until the privacy notice is accepted. */
export const chatProfileSchema = z.object({
  name: personNameSchema.optional(),
  email: emailSchema.optional(),
});
export const chatRateSchema = z.object({
  ticketId: z.uuid(),
  score: z.number().int().min(1).max(5),
  comment: textSchema(1_000).optional(),
});

// ── Calls from the browser, on both namespaces ────────────────────────────────────────────────────────────────

/** A resident calls. The same `clientId` again, after a lost answer or a reload, is the same call. */
export const callStartSchema = z.object({ clientId: z.uuid() });
/** What was heard on the resident's side since the step of that turn; null: it was told to ask, or begins anew. */
export const callHeardSchema = z.object({
  callId: z.uuid(),
  turn: z.number().int().nonnegative().nullable(),
  heard: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keys'), digits: z.string().regex(/^[0-9*#]{1,24}$/) }),
    z.object({ kind: z.literal('speech'), text: textSchema(600), confidence: z.number().min(0).max(1) }),
    z.object({ kind: z.literal('silence') }),
    z.object({ kind: z.literal('again') }),
    /** The file was stored by `POST /api/v1/chat/files`. */
    z.object({
      kind: z.literal('recorded'),
      attachmentId: z.uuid(),
      milliseconds: z.number().int().min(0).max(900_000),
    }),
  ]),
});
export const callSignalingSchema = z.object({
  callId: z.uuid(),
  /** Legs: the sender's own, and whom it is for. */
  from: z.uuid(),
  to: z.uuid(),
  signal: callSignalSchema,
});
/** One's own leg is alive; every 3 s. Silent for 12 s it is over: the others go on without it. */
export const callAliveSchema = z.object({
  callId: z.uuid(),
  legId: z.uuid(),
  /** Mean opinion score as estimated by the browser, 1 to 5. */
  quality: z.number().min(1).max(5).optional(),
});
export const callLegRefSchema = z.object({ callId: z.uuid(), legId: z.uuid() });
export const callReasonSchema = fieldSchema(120);

/** What was said on a call before a page was loaded again. */
export interface CallSaid {
  by: 'line' | 'you';
  text: string;
}

export interface CallStarted {
  callId: string;
  legId: string;
  steps: readonly CallStep[];
  iceServers: IceServer[];
  /** Since its beginning: more than none where it goes on. */
  elapsedSeconds: number;
  /** Before `steps`, oldest first. */
  said: readonly CallSaid[];
}

/** What the resident's side of a call asks. */
export interface CallClientEvents {
  'call.start'(data: z.input<typeof callStartSchema>, ack: Acked<CallStarted>): void;
  'call.heard'(data: z.input<typeof callHeardSchema>, ack: Acked<{ steps: readonly CallStep[] }>): void;
  'call.hangUp'(data: z.input<typeof callLegRefSchema>, ack: Acked): void;
}
/** What any leg in a browser asks. Acks of `call.join` and `call.alive` hold the room as it is. */
export interface CallLegEvents {
  'call.join'(data: z.input<typeof callLegRefSchema>, ack: Acked<{ room: CallRoom }>): void;
  'call.alive'(data: z.input<typeof callAliveSchema>, ack: Acked<{ room: CallRoom }>): void;
  'call.signal'(data: z.input<typeof callSignalingSchema>, ack?: Acked): void;
  'call.leave'(data: z.input<typeof callLegRefSchema>, ack?: Acked): void;
}

export interface ChatClientEvents extends CallClientEvents, CallLegEvents {
  hello(data: z.input<typeof chatHelloSchema>, ack: Acked<ChatWelcome>): void;
  /** Acknowledged after commit. The message in the ack is the stored one. */
  send(data: z.input<typeof chatSendSchema>, ack: Acked<{ message: z.infer<typeof messageSchema> }>): void;
  /** What came after a seq; the widget calls it on reconnect, on a gap, and now and then. */
  sync(data: z.input<typeof chatSyncSchema>, ack: Acked<ChatPage>): void;
  history(data: z.input<typeof chatHistorySchema>, ack: Acked<ChatPage>): void;
  receipt(data: z.input<typeof chatReceiptSchema>, ack?: Acked): void;
  typing(data: z.input<typeof typingSchema>): void;
  consent(data: z.input<typeof chatConsentSchema>, ack: Acked): void;
  profile(data: z.input<typeof chatProfileSchema>, ack: Acked): void;
  rate(data: z.input<typeof chatRateSchema>, ack: Acked): void;
  /** The resident ends the contact. */
  end(data: Record<string, never>, ack: Acked): void;
  locale(data: { locale: z.infer<typeof localeSchema> }, ack?: Acked): void;
}

/** What stands above the chat until a time. */
export type ChatAnnouncement = z.infer<typeof publicCitySchema>['announcements'][number];

/** Of the conversation alone; a call's come beside them. */
export interface ChatPushes {
  message(message: z.infer<typeof messageSchema>): void;
  cursors(cursors: z.infer<typeof cursorsSchema>): void;
  /** Somebody of the city is typing; `name` null for the bot. */
  typing(data: { typing: boolean; name: string | null }): void;
  /** State, place in the queue, who answers. */
  ticket(ticket: ChatTicket): void;
  settings(settings: z.infer<typeof chatSettingsSchema>): void;
  /** What stands above the chat: all of it, whenever it changes. */
  announcements(announcements: ChatAnnouncement[]): void;
}

export interface ChatServerEvents extends ChatPushes, CallPushes {}

// ── /console: operators, by their session cookie ──────────────────────────────────────────────────────────────

export const consoleWatchSchema = z.object({ ticketId: z.uuid() });
export const consoleTypingSchema = z.object({ ticketId: z.uuid(), typing: z.boolean() });

export interface ConsoleClientEvents extends CallLegEvents {
  /** Renews the presence lease; every 10 s. Without it presence ends after `leaseSeconds`. */
  heartbeat(ack: Acked<{ presence: z.infer<typeof presenceSchema>; leaseSeconds: number }>): void;
  /** Opens a ticket's conversation: its messages and events come until `unwatch`, and others see who looks. */
  watch(data: z.input<typeof consoleWatchSchema>, ack: Acked<{ viewers: z.infer<typeof viewerSchema>[] }>): void;
  unwatch(data: z.input<typeof consoleWatchSchema>): void;
  typing(data: z.input<typeof consoleTypingSchema>): void;
  /** Supervisors: the board comes from now on, until `board.unwatch` or the end of the connection. */
  'board.watch'(ack: Acked<{ state: z.infer<typeof boardStateSchema> }>): void;
  'board.unwatch'(): void;
}

export interface ConsoleServerEvents extends CallPushes {
  /** A call of a ticket that the operator may see changed. Replace it if its `version` is higher. */
  call(call: z.infer<typeof callViewSchema>): void;
  /** A ticket of the operator's queues changed. Replace the row if its `version` is higher. */
  ticket(ticket: z.infer<typeof ticketSummarySchema>): void;
  /** A ticket is no longer one that the operator may see. */
  'ticket.gone'(data: { ticketId: string }): void;
  /** Of watched and of held tickets. What is said to the bot comes once the bot has answered: by the gap before it. */
  message(data: { ticketId: string; message: z.infer<typeof messageSchema> }): void;
  event(event: z.infer<typeof ticketEventSchema>): void;
  cursors(data: { conversationId: string; cursors: z.infer<typeof cursorsSchema> }): void;
  'citizen.typing'(data: { conversationId: string; typing: boolean }): void;
  'citizen.changed'(data: { citizenId: string }): void;
  /** A follow-up of the operator, or of one of their queues, changed or is due: ask for them again. */
  'follow-ups'(): void;
  /** A colleague and the operator wrote, or one read what the other had written: ask for it. */
  team(data: { withId: string }): void;
  offer(offer: z.infer<typeof offerSchema>): void;
  'offer.ended'(data: { offerId: string; ticketId: string; outcome: z.infer<typeof offerOutcomeSchema> }): void;
  presence(presence: z.infer<typeof presenceSchema>): void;
  viewers(data: { ticketId: string; viewers: z.infer<typeof viewerSchema>[] }): void;
  queues(figures: z.infer<typeof queueFiguresSchema>[]): void;
  /** To whoever watches the board: the whole state, at most once a second, when anything in it changed. */
  board(state: z.infer<typeof boardStateSchema>): void;
  /** A case that the operator may see changed. Replace the row if its `version` is higher. */
  case(row: z.infer<typeof caseSummarySchema>): void;
  /** A case is no longer one that the operator may see. */
  'case.gone'(data: { caseId: string }): void;
  /** A notice of a case that the operator may see got further. Replace the row if its `version` is higher. */
  broadcast(row: z.infer<typeof broadcastSchema>): void;
  /** What the operator may do changed: what is not theirs any more is left out from now on. */
  'access.changed'(data: { operator: z.infer<typeof meSchema> }): void;
  /** Somebody changed what the console keeps in memory: load it again. */
  changed(data: {
    what:
      | 'queues'
      | 'operators'
      | 'canned-replies'
      | 'chat-settings'
      | 'content'
      | 'routing'
      | 'announcements'
      | 'incidents'
      | 'quality';
  }): void;
}

/** Rooms of both namespaces; the only place where their names are made. */
export const rooms = {
  /** A resident's open windows, by the address that their token proves. */
  visitor: (address: string) => `visitor:${address}`,
  conversation: (id: string) => `conversation:${id}`,
  ticket: (id: string) => `ticket:${id}`,
  /** Of those who look at it, who may see what is protected. */
  protectedTicket: (id: string) => `protected-ticket:${id}`,
  operator: (id: string) => `operator:${id}`,
  queue: (id: string) => `queue:${id}`,
  /** Who watches the board, and those of them who may see what is protected. */
  board: 'board',
  protectedBoard: 'protected-board',
  /** Those who see contacts of every queue. */
  floor: 'floor',
  /** Everybody who may see what is protected, and those among them who see every queue. */
  granted: 'granted',
  protectedFloor: 'protected-floor',
  /** Notices to followers of cases, and those about protected ones. */
  broadcasts: 'broadcasts',
  protectedBroadcasts: 'protected-broadcasts',
  /** Cases; those of a department; protected ones, each only for those with the grant. */
  cases: 'cases',
  casesOf: (departmentId: string) => `cases:${departmentId}`,
  protectedCases: 'protected-cases',
  protectedCasesOf: (departmentId: string) => `protected-cases:${departmentId}`,
  /** Everybody signed in, but departments. */
  everyone: 'everyone',
} as const;

export const roomQueueIdSchema = slugSchema;
