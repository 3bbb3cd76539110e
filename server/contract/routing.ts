import { z } from 'zod';
import { type ChannelName, channelNameSchema, channelNames } from './channel.ts';
import { localeSchema } from './errors.ts';
import { timestampSchema } from './message.ts';
import { phraseSchema } from './phrase.ts';
import { slugSchema } from './slug.ts';

/** Who is asked to take what: the rules that a city sets. Durations are whole seconds. */

export const skillKinds = ['language', 'topic', 'channel'] as const;

/** Something that some people can do, and some contacts need. */
export const skillSchema = z
  .object({
    id: slugSchema,
    title: phraseSchema,
    kind: z.enum(skillKinds),
    /** language: locales · topic: ids of the catalogue that the contact is about · channel: channels it came by. */
    neededBy: z.array(z.string().min(1).max(60)).min(1).max(200),
    /** After this long in the queue anybody will do; null: never. */
    relaxAfterSeconds: z.number().int().min(5).max(86_400).nullable().default(null),
  })
  .superRefine(({ kind, neededBy }, context) => {
    const known = { language: localeSchema, topic: slugSchema, channel: channelNameSchema }[kind];
    for (const [index, one] of neededBy.entries()) {
      if (known.safeParse(one).success) continue;
      context.addIssue({ code: 'custom', path: ['neededBy', index], message: `it is no ${kind}` });
    }
  });
export type Skill = z.infer<typeof skillSchema>;

/** Units of somebody's capacity. Halves are exact in binary, so sums of them are. */
export const unitsSchema = z.number().min(0.5).max(12).multipleOf(0.5);

const weights = Object.fromEntries(channelNames.map((name) => [name, unitsSchema.default(1)])) as Record<
  ChannelName,
  z.ZodDefault<typeof unitsSchema>
>;

export const routingSettingsSchema = z.object({
  skills: z
    .array(skillSchema)
    .max(60)
    .refine((skills) => new Set(skills.map(({ id }) => id)).size === skills.length, 'two skills have the same id')
    .default([]),
  /** How much of their holder's capacity a contact takes, by its channel. */
  weights: z.object(weights).default(() => z.object(weights).parse({})),
  /** For how many units of writing somebody on a call is still asked; 0: a call takes them whole. */
  unitsBesideCall: z.number().min(0).max(12).multipleOf(0.5).default(0),
  /** Channels whose contacts wait until nothing live that fits the person waits. What is urgent is live anyway. */
  deferred: z.array(channelNameSchema).max(channelNames.length).default(['email']),
  /** Whoever last had the citizen, no longer ago than this, is waited for; 0 seconds: nobody is. */
  sticky: z
    .object({
      seconds: z.number().int().min(0).max(600),
      withinHours: z.number().int().min(1).max(720),
    })
    .default({ seconds: 20, withinHours: 24 }),
});
export type RoutingSettings = z.infer<typeof routingSettingsSchema>;

/** When people of other queues are asked, too. */
export const overflowSchema = z.object({
  /** Whose people; none: nobody's by rule, and everybody's while a supervisor has opened it. */
  queueIds: z.array(slugSchema).max(20),
  /** After this long in the queue; null: not by time. */
  afterSeconds: z.number().int().min(0).max(86_400).nullable(),
  /** At once when nobody of the queue is there. */
  whenNobody: z.boolean(),
});
export type Overflow = z.infer<typeof overflowSchema>;
export const NO_OVERFLOW: Overflow = { queueIds: [], afterSeconds: null, whenNobody: false };

/** A supervisor opens it by hand for so long, or closes it again. */
export const openOverflowSchema = z.object({ seconds: z.number().int().min(60).max(43_200).nullable() });

/**
 * Why this person: they were named by whoever handed the contact over (`reserved`), they had the citizen last
 * (`sticky`), or of those it fits they have been idle longest, in its own queue or another (`overflow`).
 */
export const offerReasonSchema = z.object({
  by: z.enum(['reserved', 'sticky', 'idle', 'overflow']),
  /** Skills that the contact needs and the person has. */
  skills: z.array(slugSchema),
  /** Skills that it needs, the person lacks, and nobody is waited for any longer. */
  relaxed: z.array(slugSchema),
  /** Since when they had taken nothing. */
  idleSince: timestampSchema,
});
export type OfferReason = z.infer<typeof offerReasonSchema>;
