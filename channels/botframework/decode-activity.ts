import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ConversationReference, conversationReferenceSchema } from '../../server/contract/bot-framework.ts';
import type { InboundEvent } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';
import { limits } from '../../server/contract/limits.ts';
import type { Part } from '../../server/contract/message.ts';

/** What we read of an activity (Bot Framework Activity schema 3.2). Whatever else it holds is kept raw when it fails. */
const activitySchema = conversationReferenceSchema.extend({
  type: z.string().min(1).max(100),
  id: z.string().min(1).max(400).optional(),
  from: z.looseObject({ id: z.string().min(1).max(400), name: z.string().max(400).optional() }),
  recipient: z.looseObject({ id: z.string().max(400) }).nullish(),
  text: z.string().max(100_000).nullish(),
  locale: z.string().max(40).nullish(),
  deliveryMode: z.string().max(40).nullish(),
  attachments: z
    .array(z.looseObject({ contentType: z.string().max(200), name: z.string().max(400).nullish() }))
    .max(50)
    .nullish(),
  entities: z
    .array(z.looseObject({ type: z.string().max(100) }))
    .max(100)
    .nullish(),
});
export type InboundActivity = z.infer<typeof activitySchema>;

const geoSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().max(200).nullish(),
});

/** @throws AppError `invalid_input` naming what is missing */
export function readActivity(body: unknown): InboundActivity {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) {
    throw new AppError('invalid_input', { fields: parsed.error.issues.map(({ path }) => path.join('.')) });
  }
  if (parsed.data.type === 'message' && !parsed.data.id) throw new AppError('invalid_input', { fields: ['id'] });
  return parsed.data;
}

/** As the city knows the other side: ids of Teams are longer than an address may be. */
export function addressOf({ channelId, conversation }: Pick<InboundActivity, 'channelId' | 'conversation'>): string {
  return `${channelId}:${createHash('sha256').update(conversation.id).digest('base64url').slice(0, 32)}`;
}

/** What it takes to speak into the conversation later; the bot is who it was said to. */
export function referenceOf(activity: InboundActivity): ConversationReference {
  const { channelId, serviceUrl, conversation, from: user, recipient, locale } = activity;
  return {
    channelId,
    serviceUrl,
    conversation,
    user,
    bot: recipient ?? { id: 'linea' },
    ...(locale ? { locale } : {}),
  };
}

/** What somebody said; nothing for reactions, typing and what a client tells about itself. */
export function decodeActivity(activity: InboundActivity): InboundEvent[] {
  if (activity.type !== 'message') return [];
  if (!activity.id) throw new Error('A message without an id could not be told from its repetition');
  const parts = partsOf(activity);
  if (parts.length === 0) return [];
  const { name } = activity.from;
  return [
    {
      type: 'message',
      externalId: `${addressOf(activity)}/${activity.id}`,
      from: { address: addressOf(activity), ...(name ? { displayName: name.slice(0, limits.nameLength) } : {}) },
      parts,
      ...(activity.locale ? { locale: activity.locale.toLowerCase().startsWith('en') ? 'en' : 'es' } : {}),
    },
  ];
}

function partsOf({ text, attachments, entities }: InboundActivity): Part[] {
  const words = withoutMentions(text ?? '').trim();
  return [
    ...(words ? [{ type: 'text' as const, text: words.slice(0, limits.storedTextLength) }] : []),
    ...(entities ?? []).flatMap(({ type, ...entity }) => (type === 'GeoCoordinates' ? locationOf(entity) : [])),
    ...(attachments ?? [])
      // Teams sends the text once more, as HTML.
      .filter(({ contentType }) => contentType !== 'text/html')
      .map(({ contentType, name }) => ({ type: 'unsupported' as const, kind: (name ?? contentType).slice(0, 120) })),
  ];
}

function locationOf(entity: unknown): Part[] {
  const geo = geoSchema.safeParse(entity);
  if (!geo.success) return [];
  const { latitude, longitude, name } = geo.data;
  return [{ type: 'location', latitude, longitude, ...(name ? { label: name } : {}) }];
}

/** In a group the bot is called by name first: `<at>Línea</at> hay un bache`. */
const withoutMentions = (text: string): string => text.replace(/<at>[^<]*<\/at>/g, '');
