import { z } from 'zod';
import { ticketSummarySchema } from './http.ts';
import { fieldSchema, limits, textSchema, timestampSchema } from './message.ts';
import { prioritySchema, slugSchema } from './slug.ts';

/** Several steps done as one: all of them, or none. */

/** A month: what is put aside for longer is forgotten. */
const SNOOZE_MOST = 30 * 86_400;

export const macroStepSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reply'),
    cannedReplyId: z.uuid(),
    send: z.boolean().describe('false: it is left in the composer, to be read over and sent by hand'),
  }),
  z.object({ type: z.literal('note'), text: textSchema(limits.noteLength) }),
  z.object({ type: z.literal('priority'), priority: prioritySchema }),
  z.object({ type: z.literal('transfer'), queueId: slugSchema }),
  z.object({
    type: z.literal('snooze'),
    seconds: z.number().int().min(60).max(SNOOZE_MOST).nullable().describe('null: until the citizen answers'),
  }),
  z.object({ type: z.literal('close'), disposition: slugSchema }),
]);
export type MacroStep = z.infer<typeof macroStepSchema>;

/** After these there is nothing left to do with a contact. */
export const endingSteps: readonly MacroStep['type'][] = ['transfer', 'snooze', 'close'];
const isEnding = ({ type }: MacroStep) => endingSteps.includes(type);

const stepsSchema = z
  .array(macroStepSchema)
  .min(1)
  .max(6)
  .refine((steps) => new Set(steps.map(({ type }) => type)).size === steps.length, 'each kind of step once')
  .refine((steps) => steps.slice(0, -1).every((step) => !isEnding(step)), 'what ends the contact comes last')
  .refine(
    (steps) => !steps.some((step) => step.type === 'reply' && !step.send) || !steps.some(isEnding),
    'what is left to be sent by hand cannot be followed by an end',
  );

export const macroSchema = z.object({
  id: z.uuid(),
  shortcut: slugSchema,
  title: fieldSchema(120, 1),
  steps: stepsSchema,
});
export type Macro = z.infer<typeof macroSchema>;
export const saveMacroSchema = macroSchema.omit({ id: true });

/** `runId`: the same again is the same run, so that nothing is said twice. */
export const runMacroSchema = z.object({ macroId: z.uuid(), runId: z.uuid() });
export const macroRunSchema = z.object({
  ticket: ticketSummarySchema,
  insert: z.string().nullable().describe('What to put in the composer'),
  undoId: z.uuid().nullable().describe('Takes back by `/bulk/:id/undo` what was changed; what was said or noted stays'),
  undoUntil: timestampSchema.nullable(),
});
export type MacroRun = z.infer<typeof macroRunSchema>;
