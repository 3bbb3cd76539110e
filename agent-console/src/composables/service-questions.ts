import type { ServiceContent } from '../../../server/contract/content.ts';

export type FormQuestion = ServiceContent['questions'][number];

/** As many as the server takes; its schemas would weigh more than this screen. */
export const MOST_QUESTIONS = 12;
export const MOST_CHOICES = 10;
