import { z } from 'zod';
import { fieldSchema, timestampSchema } from './message.ts';

/** What whoever answers is to be told before the first word. */
export const warningKinds = ['safety', 'contact', 'health', 'other'] as const;
export const warningKindSchema = z
  .enum(warningKinds)
  .describe('safety: they may be aggressive · contact: whom to tell, how to speak · health · other');
export type WarningKind = z.infer<typeof warningKindSchema>;

/** Something colleagues should know of a person for a while; after `until` it is shown nowhere. */
export const warningSchema = z.object({
  id: z.uuid(),
  kind: warningKindSchema,
  text: fieldSchema(200, 1),
  until: timestampSchema,
  protected: z.boolean().describe('Shown only to people with the grant'),
  by: z.object({ id: z.string(), name: z.string() }),
  at: timestampSchema.describe('When it was written, or changed last'),
});
export type Warning = z.infer<typeof warningSchema>;

/** Nothing is held against anybody for longer without somebody deciding so again. */
export const WARNING_MOST_DAYS = 366;
export const saveWarningSchema = z.object({
  kind: warningKindSchema,
  text: warningSchema.shape.text,
  until: timestampSchema.describe(`In the future, ${WARNING_MOST_DAYS} days at most`),
  protected: z.boolean().default(false),
});
