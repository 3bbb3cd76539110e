import { z } from 'zod';
import { TwilioError, type TwilioErrorCode } from './twilio-error.ts';

type Fields = Record<string, z.ZodType<unknown>>;
export type Form<F extends Fields, L extends string> = { [K in keyof F]?: z.output<F[K]> } & Record<L, string[]>;

/**
 * A form by the fields of Twilio's OpenAPI description; those of `lists` may come several times. A field that is not
 * there is refused, although Twilio itself would overlook it: it is a mistake in any case.
 * @param codes of bad values of some fields
 * @throws TwilioError 20001, or such a code
 */
export function readForm<F extends Fields, L extends string = never>(
  body: URLSearchParams,
  fields: F,
  lists: readonly L[] = [],
  codes: Partial<Record<keyof F, TwilioErrorCode>> = {},
): Form<F, L> {
  const isList = (name: string): boolean => (lists as readonly string[]).includes(name);
  const single: Record<string, string> = {};
  for (const [name, value] of body) {
    if (isList(name)) continue;
    if (!Object.hasOwn(fields, name)) throw new TwilioError(20001, name);
    if (name in single) throw new TwilioError(20001, `${name} (more than once)`);
    // Twilio takes an empty field for one that was not given.
    if (value !== '') single[name] = value;
  }
  const parsed = z.object(fields).partial().safeParse(single);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    throw new TwilioError(codes[name] ?? 20001, codes[name] ? single[name] : name);
  }
  return { ...parsed.data, ...Object.fromEntries(lists.map((name) => [name, body.getAll(name)])) } as Form<F, L>;
}

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const method = z.enum(['GET', 'POST']);
export const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
export const webAddress = z.string().refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
