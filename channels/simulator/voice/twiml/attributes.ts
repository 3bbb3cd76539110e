import { z } from 'zod';
import { type TwimlCode, TwimlFault } from './twiml-fault.ts';
import type { XmlElement } from './xml.ts';

/** How the values of a verb's attributes are read, each with the code of one that cannot be. */
type Rules = Record<string, readonly [z.ZodType<unknown, string>, TwimlCode]>;
type Read<R extends Rules> = { [K in keyof R]?: z.output<R[K][0]> };

/** @throws TwimlFault 12200 of an attribute that the verb does not have, or the code of its bad value */
export function readAttributes<R extends Rules>({ name, attributes }: XmlElement, rules: R): Read<R> {
  const read: Record<string, unknown> = {};
  for (const [attribute, value] of Object.entries(attributes)) {
    const rule = Object.hasOwn(rules, attribute) ? rules[attribute] : undefined;
    if (!rule) throw new TwimlFault(12_200, `${name} has no attribute ${attribute}`);
    const parsed = rule[0].safeParse(value);
    if (!parsed.success) throw new TwimlFault(rule[1], `${attribute}="${value}"`);
    read[attribute] = parsed.data;
  }
  return read as Read<R>;
}

const isAddress = (text: string): boolean =>
  URL.canParse(text, 'http://relative/') && /^https?:$/.test(new URL(text, 'http://relative/').protocol);

/** An address of a document as a whole URL. @throws TwimlFault 11100 where the document has none that it could be below */
export function below(given: string, base: string): string {
  if (!URL.canParse(given, base || undefined)) throw new TwimlFault(11_100, given);
  return new URL(given, base || undefined).href;
}

export const text = z.string().min(1);
export const address = z.string().refine(isAddress);
/** `''`: none at all. */
export const addressOrNone = z.string().refine((value) => value === '' || isAddress(value));
export const method = z
  .string()
  .toUpperCase()
  .pipe(z.enum(['GET', 'POST']));
export const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false']))
  .transform((value) => value === 'true');
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);
export const keys = z.string().regex(/^[0-9*#]*$/);

export const whole = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));

/** Words of a list, with spaces between them. */
export const words = <const T extends readonly [string, ...string[]]>(known: T) =>
  z
    .string()
    .transform((list) => list.split(/\s+/).filter(Boolean))
    .pipe(z.array(z.enum(known)));
