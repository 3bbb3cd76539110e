import { z } from 'zod';
import { GraphError } from './graph-error.ts';
import { envelopeKeys, type WhatsAppType, whatsAppEnvelope, whatsAppTypes } from './whatsapp-request.ts';

export type WhatsAppBody = {
  [T in WhatsAppType]: { type: T; value: z.output<(typeof whatsAppTypes)[T]> };
}[WhatsAppType];
export type WhatsAppRequest = z.output<typeof whatsAppEnvelope> & { body: WhatsAppBody };

/** Reads a request for a message as strictly as the Cloud API does. @throws GraphError */
export function readWhatsAppRequest(given: unknown): WhatsAppRequest {
  const object = z.record(z.string(), z.unknown()).safeParse(given);
  if (!object.success) throw new GraphError('invalid', 'a JSON object is expected');
  const envelope = parsed(whatsAppEnvelope, object.data, '');
  if (envelope.to === undefined && envelope.recipient === undefined) throw new GraphError('missing', 'to');
  const { type } = envelope;
  if (!isKnown(type)) throw new GraphError('wrongType', type);
  const strange = Object.keys(object.data).find((key) => key !== type && !envelopeKeys.includes(key));
  if (strange !== undefined) throw new GraphError('invalid', `unexpected key '${strange}'`);
  if (object.data[type] === undefined) throw new GraphError('missing', type);
  const value = parsed(whatsAppTypes[type] as z.ZodType, object.data[type], type);
  return { ...envelope, body: { type, value } as WhatsAppBody };
}

/** @throws GraphError naming the parameter as Graph does: `text['body']` */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, root: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const [first, ...rest] = [...(root ? [root] : []), ...(issue?.path ?? [])].map(String);
  const where = `${first ?? 'request'}${rest.map((key) => `['${key}']`).join('')}`;
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('received undefined');
  throw new GraphError(isMissing ? 'missing' : 'invalid', `${where}: ${issue?.message ?? ''}`);
}

function isKnown(type: string): type is WhatsAppType {
  return Object.hasOwn(whatsAppTypes, type);
}
