/** When a provider tries again to bring a webhook. */
export interface RetryRule {
  /** Seconds it waits for an answer. */
  patience: number;
  /** Seconds before each further try. */
  pauses: readonly number[];
  /** `no_answer`: only when nobody answered at all. `no_success`: after every answer but 2xx, too. */
  after: 'no_answer' | 'no_success';
}

/** Twilio tries once more when it finds nobody there, and takes every answer for an answer. */
export const twilioRule: RetryRule = { patience: 15, pauses: [1], after: 'no_answer' };

const HOUR = 3_600;
/** Meta tries again for up to seven days, at growing distances. */
export const metaRule: RetryRule = {
  patience: 20,
  pauses: [1, 5, 30, 120, 600, HOUR, 6 * HOUR, ...Array.from({ length: 13 }, () => 12 * HOUR)],
  after: 'no_success',
};
