import type { z } from 'zod';
import type { Template } from '../../../server/contract/messaging.ts';
import { GraphError } from './graph-error.ts';
import type { whatsAppTypes } from './whatsapp-request.ts';

/** The words of an approved template. @throws GraphError 132001, 132000 */
export function fillTemplate(templates: readonly Template[], asked: z.output<typeof whatsAppTypes.template>): string {
  const template = templates.find(({ name, language }) => name === asked.name && language === asked.language.code);
  if (!template)
    throw new GraphError('noTemplate', `template name (${asked.name}) does not exist in ${asked.language.code}`);
  const given = asked.components?.find(({ type }) => type === 'body')?.parameters ?? [];
  const wanted = new Set(template.body.match(/\{\{\d+\}\}/g)).size;
  if (given.length !== wanted) {
    const detail = `body: number of localizable_params (${given.length}) does not match the expected number of params (${wanted})`;
    throw new GraphError('wrongVariables', detail);
  }
  return template.body.replace(/\{\{(\d+)\}\}/g, (_, number: string) => given[Number(number) - 1]?.text ?? '');
}
