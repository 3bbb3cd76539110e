import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { operatorSchema, phraseSchema, presenceSchema, queueFiguresSchema } from './http.ts';
import { fieldSchema, timestampSchema } from './message.ts';
import { pointSchema } from './place.ts';
import { slugSchema } from './slug.ts';

const amount = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/**
 * What became of contacts that entered a queue, counted as in the reports: those that left again within ten seconds
 * without a person are in none of these, nobody could have answered them.
 */
export const tallySchema = z.object({
  answered: amount.describe('First accepted by a person; of a call, first talked to'),
  inTime: amount.describe('Of those, within the seconds of their queue'),
  abandoned: amount.describe('Left the queue without a person'),
  abandonedLate: amount.describe('Of those, after the seconds of their queue'),
  waitingLate: amount.describe('Still wait, past the seconds of their queue'),
});
export type Tally = z.infer<typeof tallySchema>;

/** One queue on one channel. */
export const boardCellSchema = z.object({
  queueId: slugSchema,
  channel: channelNameSchema,
  waiting: amount,
  oldestSince: timestampSchema.nullable().describe('Since when the one waits who has waited longest'),
  inConversation: amount,
  recent: tallySchema.describe('Of the last half hour'),
  today: tallySchema.describe('Begun since midnight in the city'),
});
export type BoardCell = z.infer<typeof boardCellSchema>;

/** How the day went, by half hours of the city's day, the running one last. */
export const dayLineSchema = z.object({
  opened: z.array(amount),
  answered: z.array(amount),
  abandoned: z.array(amount),
  serviceLevel: z.array(share.nullable()),
});
export type DayLine = z.infer<typeof dayLineSchema>;

// ── Thresholds ────────────────────────────────────────────────────────────────────────────────────────────────

export const watchedFigures = ['waiting', 'longestWait', 'serviceLevel', 'abandonment'] as const;
export type WatchedFigure = (typeof watchedFigures)[number];

const pair = <Value extends z.ZodType>(value: Value) => z.object({ warning: value, alarm: value });
/** From where on a figure of a queue wants attention, and from where on somebody has to act. Null: never. */
export const queueLimitsSchema = z
  .object({
    waiting: pair(z.number().int().min(1).max(10_000)).nullable(),
    longestWait: pair(z.number().int().min(1).max(604_800)).nullable().describe('Seconds'),
    serviceLevel: pair(share).nullable().describe('Of the last half hour; below it'),
    abandonment: pair(share).nullable().describe('Share of those who left without a person in the last half hour'),
    ring: z.boolean().describe('An alarm makes itself heard on open boards'),
    notify: z.boolean().describe('and as a notification of the browser'),
  })
  .superRefine((limits, context) => {
    for (const figure of watchedFigures) {
      const pair = limits[figure];
      if (!pair) continue;
      const wrongWay = figure === 'serviceLevel' ? pair.alarm > pair.warning : pair.alarm < pair.warning;
      if (wrongWay) context.addIssue({ code: 'custom', path: [figure, 'alarm'], message: 'wrong_way' });
    }
  });
export type QueueLimits = z.infer<typeof queueLimitsSchema>;

export const limitsOfQueueSchema = z.object({ queueId: slugSchema, limits: queueLimitsSchema, usual: z.boolean() });
export type LimitsOfQueue = z.infer<typeof limitsOfQueueSchema>;

// ── What to do ────────────────────────────────────────────────────────────────────────────────────────────────

/** More of one topic in one place than is usual for that hour and weekday. */
export const surgeSchema = z.object({
  topicId: slugSchema,
  topic: z.string(),
  reportable: z.boolean().describe('It has cases, so an incident can be made of it; else it is a question'),
  coloniaIds: z.array(slugSchema).describe('Empty: all over the city'),
  place: z.string().nullable(),
  count: amount.describe('Different people'),
  minutes: amount.describe('within so many minutes'),
  usual: z.number().nonnegative().describe('how many there are otherwise'),
  since: timestampSchema,
  points: z.array(pointSchema).max(60),
  middle: pointSchema.nullable().describe('Of those points, or of the first of the colonias'),
});
export type Surge = z.infer<typeof surgeSchema>;

const alertBase = {
  id: z.string().describe('The same for as long as the matter stands'),
  severity: z.enum(['warning', 'alarm']),
  since: timestampSchema,
  ring: z.boolean(),
  notify: z.boolean(),
};
export const boardAlertSchema = z.discriminatedUnion('kind', [
  z.object({
    ...alertBase,
    kind: z.literal('limit'),
    queueId: slugSchema,
    figure: z.enum(watchedFigures),
    value: z.number(),
    limit: z.number(),
  }),
  z.object({ ...alertBase, kind: z.literal('nobody'), queueId: slugSchema, waiting: amount }),
  z.object({ ...alertBase, kind: z.literal('surge'), surge: surgeSchema, incidentId: z.uuid().nullable() }),
  z.object({
    ...alertBase,
    kind: z.literal('channel'),
    channel: channelNameSchema,
    account: z.string(),
    problem: z.string(),
  }),
  z.object({ ...alertBase, kind: z.literal('jobs'), seconds: amount }),
]);
export type BoardAlert = z.infer<typeof boardAlertSchema>;

export const channelStandingSchema = z.object({
  id: z.string(),
  channel: channelNameSchema,
  name: z.string(),
  state: z.enum(['working', 'failing', 'off']),
  problem: z.string().nullable(),
});
export type ChannelStanding = z.infer<typeof channelStandingSchema>;

// ── Announcements ─────────────────────────────────────────────────────────────────────────────────────────────

const announcementText = z.object({ es: fieldSchema(280), en: fieldSchema(280) });
/** What callers hear and what stands above the chat, for a while. */
export const saveAnnouncementSchema = z
  .object({
    text: announcementText.refine(({ es }) => es.trim() !== '', { path: ['es'], message: 'required' }),
    voice: z.boolean(),
    chat: z.boolean(),
    until: timestampSchema,
  })
  .refine(({ voice, chat }) => voice || chat, { path: ['voice'], message: 'somewhere' });
export const announcementSchema = z.object({
  id: z.uuid(),
  text: phraseSchema,
  voice: z.boolean(),
  chat: z.boolean(),
  since: timestampSchema,
  until: timestampSchema,
  by: z.string().describe('Who put it up'),
});
export type Announcement = z.infer<typeof announcementSchema>;

// ── Incidents ─────────────────────────────────────────────────────────────────────────────────────────────────

/** One cause of many contacts. Whoever is concerned follows its case, so that one notice reaches everybody. */
export const incidentSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  topicId: slugSchema,
  coloniaIds: z.array(slugSchema),
  place: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  caseId: z.uuid(),
  folio: z.string(),
  cases: amount.describe('Reports that are about it'),
  contacts: amount.describe('Contacts that are about it'),
  people: amount.describe('Who would get a notice'),
  openedAt: timestampSchema,
  openedBy: z.string(),
  closedAt: timestampSchema.nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;

/** What was reported of the topic there since then belongs to it. */
export const openIncidentSchema = z.object({
  title: fieldSchema(120, 1),
  topicId: slugSchema,
  coloniaIds: z.array(slugSchema).max(200).describe('Empty: all over the city'),
  since: timestampSchema,
  /** Where its case is, when nobody has made one yet. */
  point: pointSchema.nullable().default(null),
});
export const linkToIncidentSchema = z
  .object({ ticketId: z.uuid().optional(), caseId: z.uuid().optional() })
  .refine((link) => Boolean(link.ticketId) !== Boolean(link.caseId), 'ticketId or caseId');
export const incidentsOfTicketSchema = z.object({
  linked: incidentSchema.nullable(),
  suggested: z.array(incidentSchema).describe('Open ones that it may be about'),
});

// ── The board ─────────────────────────────────────────────────────────────────────────────────────────────────

/** All figures of one moment. It holds no clocks that run: nothing is sent while nothing changes. */
export const boardStateSchema = z.object({
  cells: z.array(boardCellSchema),
  queues: z.array(queueFiguresSchema.pick({ queueId: true, expectedWaitSeconds: true, operatorsAvailable: true })),
  contacts: z.object({ opened: amount, closed: amount, rating: z.number().nullable() }).describe('Today'),
  bot: z
    .object({ begun: amount, contained: amount })
    .describe('Today: begun with the bot, and closed without a person'),
  line: dayLineSchema,
  oldestJobSeconds: amount,
  channels: z.array(channelStandingSchema),
  limits: z.array(limitsOfQueueSchema),
  alerts: z.array(boardAlertSchema),
  announcements: z.array(announcementSchema),
  incidents: z.array(incidentSchema).describe('Open ones'),
});
export type BoardState = z.infer<typeof boardStateSchema>;

export const boardPersonSchema = z.object({
  operator: operatorSchema.pick({ id: true, name: true, role: true, queueIds: true }),
  presence: presenceSchema,
});
export type BoardPerson = z.infer<typeof boardPersonSchema>;

/** The first look; from there on `board` brings the state, and `presence` what people do. */
export const boardSchema = boardStateSchema.extend({ operators: z.array(boardPersonSchema) });
export type Board = z.infer<typeof boardSchema>;

// ── Acting from it ────────────────────────────────────────────────────────────────────────────────────────────

export const moveWaitingSchema = z.object({
  from: slugSchema,
  to: slugSchema,
  channel: channelNameSchema.optional(),
  most: z.number().int().min(1).max(500).optional().describe('Absent: all that wait. The one who waits longest first'),
});
export const waitingMoveSchema = z.object({ id: z.uuid(), moved: amount });
export type WaitingMove = z.infer<typeof waitingMoveSchema>;
export const setQueuesSchema = z.object({
  queueIds: z.array(slugSchema).max(50),
  skillIds: z.array(slugSchema).max(60).optional().describe('As they are, when absent'),
});
