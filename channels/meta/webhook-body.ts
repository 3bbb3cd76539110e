import { z } from 'zod';
import type { WebhookRequest } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';

const idSchema = z.union([z.string(), z.number()]).transform(String);

/** As much of a webhook as it takes to find whose each part is. What the parts hold is for the channels to read. */
const bodySchema = z.object({
  object: z.string(),
  entry: z.array(
    z.object({
      id: idSchema,
      changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })).default([]),
      messaging: z.array(z.unknown()).default([]),
      /** What the page's own inbox has taken over: said to the city all the same. */
      standby: z.array(z.unknown()).default([]),
    }),
  ),
});
export type WebhookBody = z.infer<typeof bodySchema>;
export type WebhookEntry = WebhookBody['entry'][number];

/** Meta sends batches of up to 3 MB. */
export const BODY_LIMIT = 4 * 1024 * 1024;

/** @throws AppError `invalid_input` */
export function readWebhookBody({ rawBody }: WebhookRequest): WebhookBody {
  try {
    return bodySchema.parse(JSON.parse(rawBody.toString('utf8')));
  } catch (error) {
    throw new AppError('invalid_input', { fields: ['body'] }, error);
  }
}
