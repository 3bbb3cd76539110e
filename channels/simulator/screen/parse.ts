import type { z } from 'zod';
import { AppError } from '../../../server/contract/errors.ts';
import { PhoneError } from '../phone/phone.ts';

/** @throws AppError `invalid_input` */
export function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', {
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

/** What a telephone cannot do is the asker's mistake. @throws AppError `invalid_input` */
export function tried<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PhoneError || error instanceof RangeError) throw new AppError('invalid_input', {}, error);
    throw error;
  }
}
