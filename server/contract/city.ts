import { z } from 'zod';
import { cityPlacesSchema } from './city-places.ts';
import { retentionClassSchema, retentionDefaultSchema } from './data.ts';
import { localeSchema } from './errors.ts';
import {
  chatSettingsSchema,
  createQueueSchema,
  dispositionSchema,
  phraseSchema,
  prioritySchema,
  roleSchema,
  saveCannedReplySchema,
  slugSchema,
} from './http.ts';
import { cityAccountSchema, templateSchema } from './messaging.ts';
import { qualityFormSchema } from './quality-form.ts';
import { routingSettingsSchema, skillSchema } from './routing.ts';
import { serviceFormSchema } from './service-form.ts';

/** How the city takes calls. */
export const callRulesSchema = z.object({
  /** Calls from the browser: the button «Llamar» on the page and in the chat. */
  web: z.boolean().default(true),
  /** Recorded with notice; erased after so many days. */
  recording: z.object({ on: z.boolean(), keepDays: z.number().int().min(1).max(3_650) }).default({
    on: true,
    keepDays: 90,
  }),
  /** How long an operator is left alone after a call. */
  wrapUpSeconds: z.number().int().min(0).max(1_800).default(60),
  /** In the queue: how often the place is told, and between which announcements. */
  announceSeconds: z.number().int().min(10).max(300).default(40),
  messages: z.array(phraseSchema).max(20).default([]),
  /** From how long an expected wait on a call back is offered. */
  offerCallbackSeconds: z.number().int().min(0).max(3_600).default(60),
  voicemailSeconds: z.number().int().min(10).max(600).default(120),
  /** How long a telephone rings. */
  ringSeconds: z.number().int().min(5).max(120).default(25),
  /** How often somebody who is not reached is tried, and how long in between. */
  callbackTries: z.number().int().min(1).max(10).default(3),
  callbackPauseMinutes: z.number().int().min(1).max(1_440).default(15),
  /** Countries besides its own whose numbers are called: `US`. */
  abroad: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(250)
    .default([]),
});
export type CallRules = z.infer<typeof callRulesSchema>;

/** The content of a municipality: one folder under `cities/`, read and checked as a whole at start. */

export const serviceSchema = z.object({
  id: slugSchema,
  title: z.string(),
  department: slugSchema,
  /** The promise to the citizen, in working days. */
  expected: z.number().int().positive(),
  location: z.enum(['required', 'optional', 'none']),
  priority: z.enum(['urgent', 'high', 'normal']).default('normal'),
  restricted: z.boolean().default(false),
  protected: z.boolean().default(false),
  /** Metres within which two open reports are probably about the same. */
  nearby: z.number().int().positive().max(2_000).default(60),
  /** What it is and what it is not, for whoever chooses among services. */
  description: phraseSchema.optional(),
  /** What is asked beside what happened and where. */
  questions: serviceFormSchema.default([]),
  /** Whether it can be reported; cases that are open stay as they are. */
  active: z.boolean().default(true),
});

/** What is known of a department beside its name, all of it for people to read. */
export const departmentFactsSchema = z.object({
  /** Whom to ask for. */
  contact: z.string().nullable().default(null),
  phone: z.string().nullable().default(null),
  /** Where it is. */
  place: z.string().nullable().default(null),
  /** When it is there, in words. */
  hours: z.string().nullable().default(null),
  /** Whether it still works cases. */
  active: z.boolean().default(true),
});
export type DepartmentFacts = z.infer<typeof departmentFactsSchema>;
export const titledSchema = z.object({ id: slugSchema, title: z.string() });

/** Stands for an id where utterances ask for nothing: what people tell around their request. */
export const BACKGROUND = 'relato';

/** An answer in both languages, from `articles/<id>.md`. */
export const articleSchema = z.object({
  id: slugSchema,
  title: phraseSchema,
  /** Id of the department that answers for what it says. */
  department: slugSchema.optional(),
  /** Where its facts come from: a law, a notice, a page. */
  source: z.string().optional(),
  /** Who keeps it up to date. */
  responsible: z.string().optional(),
  /** Last local day on which it may be quoted. */
  validUntil: z.iso.date().optional(),
  body: z.object({ es: z.string().min(1), en: z.string().min(1) }),
});

/** An address of the city that residents write to. How it is read and sent from is a setting. */
export const cityMailboxSchema = z.object({
  id: slugSchema,
  address: z.email().toLowerCase(),
  /** As the city signs in `From`. */
  name: z.string().min(1),
  queue: slugSchema,
  /** Whether its server delivers `name+anything@…` to `name@…`: answers then carry a secret tag. */
  plusAddressing: z.boolean().default(false),
});
export type CityMailbox = z.infer<typeof cityMailboxSchema>;

export const sampleOperatorSchema = z.object({
  name: z.string(),
  email: z.email(),
  role: roleSchema,
  capacity: z.number().int().min(1).max(12),
  queues: z.array(slugSchema),
  skills: z.array(slugSchema).default([]),
  locale: localeSchema.default('es'),
  /** Of somebody with the role `department`: whose cases they see. */
  departmentId: slugSchema.nullable().default(null),
  /** Sees what is protected. */
  protectedGrant: z.boolean().default(false),
});

export const citySchema = z.object({
  id: slugSchema,
  name: z.string(),
  /** What its folios begin with: `VER-2026-000123`. */
  folioPrefix: z.string().regex(/^[A-Z]{2,5}$/),
  /** What residents call the line, e.g. «Línea Veracruz». */
  contactName: z.string(),
  /** IANA name. */
  timeZone: z.string(),
  /** ISO 3166-1 and -2 parts, for public holidays. */
  country: z.string().length(2),
  state: z.string().max(3),
  accent: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** Shown to residents as the number to call; null while there is none. */
  phone: z.string().nullable(),
  sample: z.boolean(),
  departments: z.record(slugSchema, z.string()),
  /** Where a department answers mail, by its id. */
  departmentAddresses: z.record(slugSchema, z.email().toLowerCase()).default({}),
  departmentFacts: z.record(slugSchema, departmentFactsSchema).default({}),
  mailboxes: z.array(cityMailboxSchema).default([]),
  /** Accounts on WhatsApp, SMS, Messenger and Instagram. */
  accounts: z.array(cityAccountSchema).default([]),
  /** Telephone and calls from the browser. */
  calls: callRulesSchema.default(() => callRulesSchema.parse({})),
  /** Whether what is protected may be told to the language model that translates. */
  translation: z.object({ protected: z.boolean().default(false) }).default({ protected: false }),
  /** From `templates.yaml`. */
  templates: z.array(templateSchema).default([]),
  /** A notice to more people than this is approved by a second person. */
  broadcastApprovalAbove: z.number().int().nonnegative().default(50),
  services: z.array(serviceSchema).min(1),
  /** Who takes care of services in certain colonias, where it is not the service's own department. */
  areas: z
    .array(
      z.object({ services: z.array(slugSchema).min(1), colonias: z.array(slugSchema).min(1), department: slugSchema }),
    )
    .default([]),
  /** Who looks at reports whose place is outside or unknown; without one, the service's own department. */
  triageDepartment: slugSchema.optional(),
  /** What is told to the whole world. Descriptions may hold personal data: they are left out unless the city says so. */
  open311: z.object({ descriptions: z.boolean().default(false) }).default({ descriptions: false }),
  topics: z.array(titledSchema).min(1),
  actions: z.array(titledSchema).min(1),
  /** English titles of services and actions by id; the Spanish one stands where it is missing. */
  english: z.record(slugSchema, z.string()).default({}),
  queues: z.array(createQueueSchema.omit({ operatorIds: true })).min(1),
  /** What some people can do and some contacts need, so that not everybody may be asked. */
  skills: z.array(skillSchema).default([]),
  /** How contacts are shared out. */
  routing: routingSettingsSchema
    .omit({ skills: true })
    .default(() => routingSettingsSchema.omit({ skills: true }).parse({})),
  /** How contacts are scored afterwards, from `quality.yaml`. */
  quality: qualityFormSchema,
  /** Where the bot hands off to, by what the contact is about. */
  handOffTo: z.object({
    danger: slugSchema,
    /** Violence against women; where `danger` goes, unless it has people of its own. */
    violence: slugSchema.optional(),
    service: slugSchema,
    topic: slugSchema,
  }),
  operators: z.array(sampleOperatorSchema),
  cannedReplies: z.array(saveCannedReplySchema),
  dispositions: z.array(dispositionSchema).min(1),
  chat: chatSettingsSchema,
  /** Quick answers of the bot's menu, by id of a topic, service or action. */
  menu: z
    .array(z.object({ id: slugSchema, title: phraseSchema }))
    .min(1)
    .max(8),
  /** What is asked most, for the resident's page. */
  frequent: z.array(z.object({ id: slugSchema, title: phraseSchema })).max(8),
  privacyNotice: z.object({
    version: z.string(),
    short: phraseSchema,
    full: z.object({ es: z.string(), en: z.string() }),
  }),
  /** Sentences of bot and system by key; `{name}` is a placeholder. */
  phrases: z.record(z.string(), phraseSchema),
  /** Recognised before anything else. Words and phrases in plain lower case without accents. */
  danger: z.object({
    emergency: z.array(z.string()).min(1),
    violence: z.array(z.string()).min(1),
    /** Phrases that only look dangerous: «fuegos artificiales». */
    innocent: z.array(z.string()).default([]),
    /** In a clause with one of these the words of `emergency` do not count by themselves: «el año pasado». */
    excuses: z.array(z.string()).default([]),
    text: z.object({ emergency: phraseSchema, violence: phraseSchema }),
  }),
  articles: z.array(articleSchema),
  /**
   * How residents word each id of the catalogue, from `utterances/<id>.txt`; under `BACKGROUND`, sentences that ask for
   * nothing. The bot learns from them.
   */
  utterances: z.record(slugSchema, z.array(z.string().max(1_000)).min(1)).default({}),
  /** Words that mean the same, by a name for what they mean; in the file one line each, with commas. */
  words: z.record(
    slugSchema,
    z.string().transform((line) => line.split(',').map((word) => word.trim())),
  ),
  /** Where things are, from `places/`. */
  places: cityPlacesSchema,
  defaultPriority: prioritySchema.default(2),
  /** For how long each class of data is kept, with the ground for it; the console may change the days. */
  retention: z.partialRecord(retentionClassSchema, retentionDefaultSchema).default({}),
});
export type City = z.infer<typeof citySchema>;
