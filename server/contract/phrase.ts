import { z } from 'zod';
import { fieldSchema } from './message.ts';

/** A text in every language of the screens. */
export const phraseSchema = z.object({ es: fieldSchema(2_000), en: fieldSchema(2_000) });

/** The same of a text in every language. */
export const both = <S extends z.ZodType>(text: S) => z.object({ es: text, en: text });
