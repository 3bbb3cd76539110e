import { z } from 'zod';
import type { Template } from '../../../server/contract/messaging.ts';
import { TwilioError } from './twilio-error.ts';

const variablesSchema = z.record(z.string().regex(/^\d{1,3}$/), z.string().min(1));

/**
 * The words of a template of Twilio's Content API.
 * @throws TwilioError 21655 no such template, 21656 variables that are no JSON, are missing or too many
 */
export function fillContent(templates: readonly Template[], sid: string, json: string | undefined): string {
  const template = templates.find(({ contentSid }) => contentSid === sid);
  if (!template) throw new TwilioError(21655);
  const variables = readVariables(json ?? '{}');
  const wanted = template.variables.length;
  if (Object.keys(variables).some((key) => Number(key) < 1 || Number(key) > wanted)) throw new TwilioError(21656);
  return template.body.replace(/\{\{(\d+)\}\}/g, (_, key: string) => {
    const value = variables[key];
    if (value === undefined) throw new TwilioError(21656);
    return value;
  });
}

function readVariables(json: string): Record<string, string> {
  try {
    return variablesSchema.parse(JSON.parse(json));
  } catch {
    throw new TwilioError(21656);
  }
}
