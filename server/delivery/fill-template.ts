import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { TemplatePart } from '../contract/message.ts';
import type { fillTemplateSchema, Template } from '../contract/messaging.ts';

/** Longest body with its variables filled in, at Meta and at Twilio. */
const LONGEST = 1_024;

/**
 * A template as it will be read.
 * @param templates those that can leave by the account: see `Windows.templates`
 * @throws AppError `unknown_template`, `wrong_variables`, `message_too_long`
 */
export function fillTemplate(
  templates: readonly Template[],
  { id, variables }: z.output<typeof fillTemplateSchema>,
): TemplatePart {
  const template = templates.find((one) => one.id === id);
  if (!template) throw new AppError('unknown_template');
  const values = variables.map(inOneLine);
  const { length: count } = template.variables;
  if (values.length !== count || values.includes('')) throw new AppError('wrong_variables', { count });
  const text = template.body.replace(/\{\{(\d+)\}\}/g, (_, number: string) => values[Number(number) - 1] ?? '');
  if (text.length > LONGEST) throw new AppError('message_too_long', { max: LONGEST });
  return { type: 'template', templateId: id, variables: values, text };
}

/** Meta takes no line breaks, tabs or runs of blanks in a variable. */
const inOneLine = (value: string): string => value.replace(/\s+/g, ' ').trim();
