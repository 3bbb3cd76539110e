import type { z } from 'zod';
import type { offerOutcomeSchema } from '../contract/http.ts';

export type OfferOutcome = z.infer<typeof offerOutcomeSchema>;
