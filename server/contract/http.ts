import { z } from 'zod';
import { callbackSchema, callViewSchema } from './call.ts';
import { callEventTypes } from './call-events.ts';
import { caseSummarySchema } from './case-summary.ts';
import { channelNameSchema, emailSchema, personNameSchema } from './channel.ts';
import { authenticationSchema } from './email.ts';
import { localeSchema } from './errors.ts';
import {
  cursorsSchema,
  fieldSchema,
  limits,
  messageSchema,
  partSchema,
  textSchema,
  timestampSchema,
} from './message.ts';
import { fillTemplateSchema, messagingStandingSchema, templateChoiceSchema } from './messaging.ts';
import { type BaseRole, baseRoles, type Permission, permissions } from './permissions.ts';
import { phraseSchema } from './phrase.ts';
import { pointSchema } from './place.ts';
import { NO_OVERFLOW, overflowSchema } from './routing.ts';
import { serviceFormSchema } from './service-form.ts';
import { prioritySchema, slugSchema } from './slug.ts';
import { suggestionUseSchema } from './suggestion.ts';
import { emailStandingSchema, joinedConversationSchema, mergedContactSchema } from './ticket-merge.ts';
import { writtenSchema } from './translation.ts';
import { warningSchema } from './warning.ts';

export { phraseSchema } from './phrase.ts';
export { prioritySchema, slugSchema } from './slug.ts';

/** Shapes of `/api/v1`. Times are UTC ISO 8601, durations whole seconds, ids UUIDs unless said otherwise. */

// ── People ────────────────────────────────────────────────────────────────────────────────────────────────────

export const roleSchema = z.enum(baseRoles);
export type Role = BaseRole;
export const permissionSchema = z.enum(permissions as [Permission, ...Permission[]]);

export const presenceStatusSchema = z.enum(['available', 'away', 'offline']);
export type PresenceStatus = z.infer<typeof presenceStatusSchema>;

export const operatorSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema.describe('The base role they have, or that their role was made from'),
  roleId: z.uuid().nullable().describe('A role that the city made; null: the base role itself'),
  roleName: z.string().nullable(),
  attends: z.boolean().describe('Takes contacts'),
  capacity: z.number().int().min(1).max(12).describe('Units: what each contact takes of them is a rule of its channel'),
  queueIds: z.array(slugSchema),
  skillIds: z.array(slugSchema).describe('What they can do that not everybody can'),
  disabled: z.boolean(),
  locale: localeSchema,
  departmentId: slugSchema.nullable().describe('Of somebody who sees cases of one department only: of which'),
  protectedGrant: z.boolean().describe('Sees what is protected'),
});
export type Operator = z.infer<typeof operatorSchema>;

/** Who is signed in, with what they may do. */
export const meSchema = operatorSchema.extend({
  permissions: z.array(permissionSchema),
  secondStep: z
    .enum(['on', 'free', 'due', 'overdue'])
    .describe('Their second step of signing in: set up, not asked for, to be set up in time, or before anything else'),
  secondStepDueAt: timestampSchema.nullable().describe('Until when it is to be set up'),
});
export type Me = z.infer<typeof meSchema>;

export const presenceSchema = z.object({
  operatorId: z.string(),
  status: presenceStatusSchema,
  since: timestampSchema,
  /** Why the server changed it, when it was not the operator. */
  reason: z.enum(['self', 'missed_offer', 'connection_lost', 'signed_out', 'supervisor']),
  held: z.number().int().nonnegative().describe('Tickets in hand, offers included'),
  load: z.number().nonnegative().describe('Units of the capacity that these take'),
  capacity: z.number().int().positive(),
  takesCalls: z.boolean().describe('Their microphone is ready, and they want calls'),
  inCall: z.boolean().describe('Somebody is on their line, or they finish up after a call'),
});
export type Presence = z.infer<typeof presenceSchema>;

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(200) });
export const sessionSchema = z.object({ operator: meSchema, presence: presenceSchema });
export type Session = z.infer<typeof sessionSchema>;

const personSchema = z.object({
  name: personNameSchema,
  email: emailSchema,
  password: z.string().min(10).max(200),
  role: roleSchema.describe('A base role; with `roleId` it is that of the role'),
  roleId: z.uuid().nullable(),
  capacity: z.number().int().min(1).max(12),
  queueIds: z.array(slugSchema).max(50),
  skillIds: z.array(slugSchema).max(60),
  locale: localeSchema,
  departmentId: slugSchema.nullable(),
  protectedGrant: z.boolean(),
});
export const createOperatorSchema = personSchema.extend({
  password: personSchema.shape.password.optional().describe('Absent: they choose it themselves, once invited'),
  roleId: personSchema.shape.roleId.default(null),
  capacity: personSchema.shape.capacity.default(4),
  queueIds: personSchema.shape.queueIds.default([]),
  skillIds: personSchema.shape.skillIds.default([]),
  locale: personSchema.shape.locale.default('es'),
  departmentId: personSchema.shape.departmentId.default(null),
  protectedGrant: personSchema.shape.protectedGrant.default(false),
});
export const updateOperatorSchema = personSchema
  .partial()
  .extend({ disabled: z.boolean().optional() })
  .describe('Absent fields stay as they are');
export const setPresenceSchema = z.object({
  status: z.enum(['available', 'away']),
  takesCalls: z.boolean().optional().describe('Absent: as before'),
});

// ── Queues ────────────────────────────────────────────────────────────────────────────────────────────────────

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
/** Local times of the city; several spans a day make a split shift. Keys 1 (Monday) to 7 (Sunday), as ISO 8601 counts. */
export const hoursSchema = z.object({
  days: z.record(
    z.enum(['1', '2', '3', '4', '5', '6', '7']),
    z.array(z.object({ from: clockTime, to: clockTime })).max(4),
  ),
  /** Closed on the country's public holidays. */
  closedOnHolidays: z.boolean(),
  /** Single days that differ, as local dates; no spans: closed. */
  exceptions: z
    .array(
      z.object({
        date: z.iso.date(),
        spans: z.array(z.object({ from: clockTime, to: clockTime })).max(4),
        name: fieldSchema(120),
      }),
    )
    .max(200)
    .default([]),
});
export type Hours = z.infer<typeof hoursSchema>;

export const queueSchema = z.object({
  id: slugSchema,
  name: phraseSchema,
  hours: hoursSchema,
  /** Share of tickets (0-1) to be accepted within `serviceLevelSeconds`. */
  serviceLevelTarget: z.number().min(0).max(1),
  serviceLevelSeconds: z.number().int().min(1).max(86_400),
  /** How long one operator has to accept. */
  offerSeconds: z.number().int().min(5).max(300),
  /** 0 urgent, 1 high, 2 normal: of two waiting tickets the lower number goes first. */
  priority: z.number().int().min(0).max(2),
  isDefault: z.boolean(),
  /** Days after its end in which an answer opens the same contact again; later it begins a new one. 0: always new. */
  reopenDays: z.number().int().min(0).max(365),
  /** Below every mail from this queue; `{{operator.name}}`, `{{queue.name}}` and `{{city.name}}` are filled in. */
  signature: fieldSchema(2_000),
  /** What waits here is protected: only people with the grant see it, and only they can be members. */
  protected: z.boolean(),
  overflow: overflowSchema,
  overflowUntil: timestampSchema.nullable().describe('Until when a supervisor has opened it to others; null: not'),
  open: z.boolean().describe('Whether it is open now'),
  opensAt: timestampSchema.nullable().describe('When it opens next, if closed'),
  operatorIds: z.array(z.string()),
});
export type Queue = z.infer<typeof queueSchema>;
/** Whether a queue is protected is decided when it is made: what it held would change hands. */
export const saveQueueSchema = queueSchema
  .omit({ id: true, open: true, opensAt: true, overflowUntil: true, protected: true })
  .extend({ overflow: overflowSchema.default(NO_OVERFLOW) });
export const createQueueSchema = saveQueueSchema.extend({ id: slugSchema, protected: z.boolean().default(false) });

/** Live figures of one queue. */
export const queueFiguresSchema = z.object({
  queueId: slugSchema,
  waiting: z.number().int().nonnegative(),
  longestWaitSeconds: z.number().int().nonnegative().nullable(),
  longestWaitSince: timestampSchema.nullable(),
  expectedWaitSeconds: z.number().int().nonnegative().nullable(),
  operatorsAvailable: z.number().int().nonnegative(),
  inConversation: z.number().int().nonnegative(),
});
export type QueueFigures = z.infer<typeof queueFiguresSchema>;

// ── Tickets ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * bot: the bot answers · waiting: in the queue · offered: one operator is being asked · assigned: somebody holds it ·
 * snoozed: its holder has put it aside until a time or until the citizen answers · closed
 */
export const ticketStateSchema = z.enum(['bot', 'waiting', 'offered', 'assigned', 'snoozed', 'closed']);
export type TicketState = z.infer<typeof ticketStateSchema>;

/** A row of the inbox. */
export const ticketSummarySchema = z.object({
  id: z.uuid(),
  number: z.number().int().positive(),
  conversationId: z.uuid(),
  channel: channelNameSchema,
  state: ticketStateSchema,
  queueId: slugSchema.nullable(),
  priority: prioritySchema,
  citizen: z.object({ id: z.uuid(), name: z.string().nullable() }),
  operator: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** First contact: what the place in the queue counts from. */
  clockAt: timestampSchema,
  /** When it (last) came into the queue; null while the bot has it. */
  waitingSince: timestampSchema.nullable(),
  serviceLevelSeconds: z.number().int().nullable(),
  serviceLevelDueAt: timestampSchema
    .nullable()
    .describe('By when a person is to have answered; time in which the queue is closed does not count'),
  acceptedAt: timestampSchema.nullable(),
  closedAt: timestampSchema.nullable(),
  disposition: z.string().nullable(),
  mergedInto: z
    .object({ id: z.uuid(), number: z.number().int() })
    .nullable()
    .describe('The contact that it is part of: what is said in its conversation belongs there'),
  summary: z.string().nullable(),
  subject: z.string().nullable().describe('Of its first mail; null on channels without subjects'),
  snoozedUntil: timestampSchema
    .nullable()
    .describe('When it comes back by itself; null: only when the citizen answers'),
  lastMessage: z.object({ preview: z.string(), direction: z.enum(['in', 'out']), at: timestampSchema }).nullable(),
  unread: z.number().int().nonnegative().describe('Citizen messages no person has read'),
  rating: z.number().int().min(1).max(5).nullable(),
  protected: z.boolean().describe('Shown only to people with the grant'),
  updatedAt: timestampSchema,
  version: z.number().int().nonnegative().describe('Grows with every change; a lower one is older news'),
});
export type TicketSummary = z.infer<typeof ticketSummarySchema>;

/** One line of a ticket's story. `id` grows within a ticket. */
export const ticketEventSchema = z.object({
  id: z.number().int().positive(),
  ticketId: z.uuid(),
  type: z.enum([
    'opened',
    'queued',
    'offered',
    'offer_accepted',
    'offer_declined',
    'offer_timed_out',
    'offer_withdrawn',
    'transferred',
    'requeued',
    'note',
    'closed',
    'reopened',
    'rated',
    'priority_changed',
    'snoozed',
    'woken',
    'merged',
    'unmerged',
    'follow_up_set',
    'follow_up_done',
    'forwarded',
    'forward_answered',
    'forward_failed',
    ...callEventTypes,
  ]),
  at: timestampSchema,
  actor: z.object({
    type: z.enum(['citizen', 'bot', 'operator', 'system', 'department']),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  data: z.record(z.string(), z.unknown()),
});
export type TicketEvent = z.infer<typeof ticketEventSchema>;

export const citizenSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: localeSchema,
  preferredChannel: channelNameSchema.nullable().describe('Where they like to be reached; null: they have not said'),
  about: z.string().nullable().describe('What operators should know; never shown to the citizen'),
  identities: z.array(
    z.object({
      channel: channelNameSchema,
      address: z.string(),
      displayName: z.string().nullable(),
      optedOutAt: timestampSchema.nullable().describe('They asked for no more notices here'),
    }),
  ),
  consent: z.object({ version: z.string(), at: timestampSchema }).nullable(),
  createdAt: timestampSchema,
});
export type Citizen = z.infer<typeof citizenSchema>;
export const updateCitizenSchema = z.object({
  name: personNameSchema.nullable().optional(),
  email: emailSchema.nullable().optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'E.164')
    .nullable()
    .optional(),
  about: textSchema(2_000).nullable().optional(),
  locale: localeSchema.optional(),
  preferredChannel: channelNameSchema.nullable().optional(),
});

export const viewerSchema = z.object({ operatorId: z.string(), name: z.string(), typing: z.boolean() });
export type Viewer = z.infer<typeof viewerSchema>;

/** Everything the conversation screen opens with, in one answer. */
export const ticketDetailSchema = z.object({
  ticket: ticketSummarySchema,
  citizen: citizenSchema,
  /** The newest messages of the conversation, oldest first; more by `/conversations/:id/messages?before=`. */
  messages: z.array(messageSchema),
  cursors: cursorsSchema,
  hasEarlier: z.boolean(),
  /** Of every ticket of this conversation that the messages above belong to. */
  events: z.array(ticketEventSchema),
  /** The citizen's other contacts, newest first. */
  history: z.array(ticketSummarySchema),
  /** What the citizen filed or follows, newest first; of protected cases only those that the reader may see. */
  cases: z.array(caseSummarySchema),
  viewers: z.array(viewerSchema),
  /** What colleagues should know of this person now. */
  warnings: z.array(warningSchema),
  /** How an answer by mail would leave; null where the contact did not come by mail. */
  email: emailStandingSchema.nullable(),
  /** How an answer by WhatsApp, SMS, Messenger or Instagram would leave; null on other channels. */
  messaging: messagingStandingSchema.nullable(),
  /** Its telephone calls, oldest first. */
  calls: z.array(callViewSchema),
  /** The call that they wait for, if any. */
  callback: callbackSchema.nullable(),
  /** Contacts that became part of it, and the conversations that they brought. */
  merged: z.array(mergedContactSchema),
  joined: z.array(joinedConversationSchema),
});
export type TicketDetail = z.infer<typeof ticketDetailSchema>;

export const messagePageSchema = z.object({
  messages: z.array(messageSchema),
  cursors: cursorsSchema,
  hasEarlier: z.boolean(),
  lastSeq: z.number().int().nonnegative(),
});
export type MessagePage = z.infer<typeof messagePageSchema>;
/** `after` resumes (oldest first from there), `before` pages back; neither: the newest. */
export const listMessagesSchema = z.object({
  after: z.coerce.number().int().nonnegative().optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
});

const addresses = z.array(emailSchema).max(30);
/** Who gets a mail. Absent lists are as an answer to the last mail would have them. */
export const sendEmailSchema = z.object({
  to: addresses.min(1).optional(),
  cc: addresses.optional(),
  bcc: addresses.optional(),
  subject: fieldSchema(300).optional(),
  quote: z.boolean().default(true).describe('Show below it what it answers'),
});

export const sendMessageSchema = z.object({
  /** Made by the composer; a retry with the same id is the same message. */
  clientId: z.uuid(),
  text: textSchema(limits.textLength).optional(),
  attachmentIds: z.array(z.uuid()).max(10).default([]),
  conversationId: z.uuid().optional().describe('One that a merged contact brought; absent: its own'),
  /** Only where that is one by mail. */
  email: sendEmailSchema.optional(),
  /** Instead of a text, where the window is closed. */
  template: fillTemplateSchema.optional(),
  /** What the operator wrote, where `text` is its translation. */
  written: writtenSchema.optional(),
  /** What became of the reply that was suggested meanwhile. */
  suggestion: suggestionUseSchema.optional(),
});
export type SendMessage = z.input<typeof sendMessageSchema>;
export const addNoteSchema = z.object({ clientId: z.uuid(), text: textSchema(limits.noteLength) });
export const transferSchema = z
  .object({
    operatorId: z.string().max(60).optional(),
    queueId: slugSchema.optional(),
    note: textSchema(limits.noteLength).optional(),
  })
  .refine((to) => Boolean(to.operatorId) !== Boolean(to.queueId), 'operatorId or queueId');
export const closeSchema = z.object({ disposition: slugSchema, note: textSchema(limits.noteLength).optional() });
/** `until` null: until the citizen answers, which always ends it. */
export const snoozeSchema = z.object({ until: timestampSchema.nullable() });
/** Sends the contact to a department, whose answer comes back into it. */
export const forwardSchema = z.object({
  clientId: z.uuid(),
  department: slugSchema,
  text: textSchema(limits.textLength),
  attachmentIds: z.array(z.uuid()).max(20).default([]).describe('Files of the conversation, or just uploaded'),
});
export const markReadSchema = z.object({
  seq: z.number().int().nonnegative(),
  conversationId: z.uuid().optional().describe('One that a merged contact brought; absent: its own'),
});

/** A mail in full: what its message leaves out. */
export const emailViewSchema = z.object({
  subject: z.string(),
  sentAt: timestampSchema.nullable(),
  text: z.string().describe('With quotes and signature'),
  html: z.boolean().describe('`/messages/:id/body` has its own look'),
  remoteImages: z.number().int().nonnegative().describe('Pictures on the internet, not loaded until asked'),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  authentication: authenticationSchema.nullable(),
  problems: z.array(phraseSchema).describe('What was wrong with it, in words'),
  raw: z.boolean().describe('`/messages/:id/raw` has it as it came'),
});
export type EmailView = z.infer<typeof emailViewSchema>;

/** One mailbox of the city: whether mail comes in and goes out. */
export const mailboxSchema = z.object({
  id: slugSchema,
  address: z.string(),
  queueId: slugSchema,
  reading: z.enum(['on', 'off', 'failing']).describe('off: no account to read it with'),
  fault: z.string().nullable().describe("The mail server's words"),
  sending: z.boolean(),
  lastReceivedAt: timestampSchema.nullable(),
});
export type Mailbox = z.infer<typeof mailboxSchema>;
/** Input that was neither a message nor a report, or that could not be read. */
export const asideSchema = z.object({
  id: z.uuid(),
  reason: z.string(),
  at: timestampSchema,
});
export const mailboxesSchema = z.object({ mailboxes: z.array(mailboxSchema), asides: z.array(asideSchema) });
export type Mailboxes = z.infer<typeof mailboxesSchema>;

export const offerSchema = z.object({
  id: z.uuid(),
  ticket: ticketSummarySchema,
  operatorId: z.string(),
  offeredAt: timestampSchema,
  expiresAt: timestampSchema,
  warnings: z.array(warningSchema).describe('What to know of the person before the first word'),
});
export type Offer = z.infer<typeof offerSchema>;
export const offerOutcomeSchema = z.enum(['accepted', 'declined', 'timed_out', 'withdrawn']);
export type OfferOutcome = z.infer<typeof offerOutcomeSchema>;

// ── Content and settings ──────────────────────────────────────────────────────────────────────────────────────

/** `{{citizen.name}}`, `{{operator.name}}`, `{{city.name}}`, `{{ticket.number}}` are filled in by the composer. */
export const cannedVariables = ['citizen.name', 'operator.name', 'city.name', 'ticket.number'] as const;
export const cannedReplySchema = z.object({
  id: z.uuid(),
  shortcut: slugSchema,
  title: fieldSchema(120, 1),
  body: textSchema(limits.textLength),
  queueId: slugSchema.nullable(),
});
export type CannedReply = z.infer<typeof cannedReplySchema>;
export const saveCannedReplySchema = cannedReplySchema.omit({ id: true });

export const preChatFieldSchema = z.enum(['off', 'optional', 'required']);
/** How the chat looks and what it asks first. A change reaches open widgets at once. */
export const chatSettingsSchema = z.object({
  title: phraseSchema,
  subtitle: phraseSchema,
  /** The accent, `#rrggbb`; texts on it are chosen for contrast. */
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
  position: z.enum(['right', 'left']),
  launcher: phraseSchema,
  preChat: z.object({ name: preChatFieldSchema, email: preChatFieldSchema, topic: preChatFieldSchema }),
  rating: z.boolean(),
  /** Where «Salir rápido» leads: any page that looks like nothing in particular. */
  quickExit: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .default('https://www.google.com.mx/'),
});
export type ChatSettings = z.infer<typeof chatSettingsSchema>;

/** What the resident's page and the widget may know of the city. */
export const publicCitySchema = z.object({
  id: slugSchema,
  name: z.string(),
  contactName: z.string(),
  timeZone: z.string(),
  phone: z.string().nullable(),
  sample: z.boolean().describe('True while the content is sample content'),
  privacyNotice: z.object({
    version: z.string(),
    short: phraseSchema,
    full: phraseSchema.extend({ es: z.string(), en: z.string() }),
  }),
  frequent: z.array(z.object({ id: z.string(), title: phraseSchema })),
  emergency: phraseSchema,
  chat: chatSettingsSchema,
  /** What stands above the chat now, each until its time. */
  announcements: z.array(z.object({ id: z.uuid(), text: phraseSchema, until: timestampSchema })),
  open: z.boolean(),
  opensAt: timestampSchema.nullable(),
  /** Whether one can call from the page. */
  webCalls: z.boolean(),
});
export type PublicCity = z.infer<typeof publicCitySchema>;

export const dispositionSchema = z.object({ id: slugSchema, title: phraseSchema });
/** What the console needs of the city besides its queues. */
export const consoleCitySchema = z.object({
  id: slugSchema,
  name: z.string(),
  timeZone: z.string(),
  accent: z.string(),
  dispositions: z.array(dispositionSchema),
  topics: z.array(z.object({ id: slugSchema, title: z.string() })),
  /** Departments a contact can be forwarded to. */
  departments: z.array(z.object({ id: slugSchema, title: z.string(), address: z.string() })),
  allDepartments: z.array(
    z.object({ id: slugSchema, title: z.string(), active: z.boolean().describe('Whether it still works cases') }),
  ),
  /** What can be reported, and what could be once. */
  services: z.array(
    z.object({
      id: slugSchema,
      title: z.string(),
      departmentId: slugSchema,
      location: z.enum(['required', 'optional', 'none']),
      workingDays: z.number().int(),
      priority: prioritySchema,
      protected: z.boolean(),
      active: z.boolean(),
      questions: serviceFormSchema,
    }),
  ),
  colonias: z.array(z.object({ id: slugSchema, name: z.string() })),
  /** What residents call the line. */
  contactName: z.string(),
  /** Public holidays of the year to come, in their order. */
  holidays: z.array(z.object({ date: z.iso.date(), name: z.string() })),
  /** What may be said where the window is closed. */
  templates: z.array(templateChoiceSchema),
  translates: z.boolean().describe('A language model is set up that translates'),
  /** What a map of the municipality shows first; null while the city's content has no places. */
  map: z
    .object({ center: pointSchema, bounds: z.object({ southWest: pointSchema, northEast: pointSchema }) })
    .nullable(),
});
export type ConsoleCity = z.infer<typeof consoleCitySchema>;

export const attachmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mimeType: z.string(),
  size: z.number().int(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const auditEntrySchema = z.object({
  id: z.number().int(),
  at: timestampSchema,
  actor: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  action: z.string().describe('`noun.verb`, e.g. `queue.updated`'),
  target: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPageSchema>;

export const partsSchema = z.array(partSchema).min(1).max(limits.partsPerMessage);
