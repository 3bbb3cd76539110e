/** When a provider tries again to bring a webhook. */
export interface RetryRule {
  /** Seconds it waits for an answer. */
  patience: number;
  /** Seconds before each further try. */
  pauses: readonly number[];
  /** `no_answer`: only when nobody answered at all. `no_success`: after every answer but 2xx, too. */
  after: 'no_answer' | 'no_success';
}

/**
 * Twilio tries once more when it finds nobody there, and takes every answer for an answer; behind a `#` a city may ask
 * for more: `rc` tries, `rp` after what.
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function twilioRule(url: string): RetryRule {
  const overrides = new URLSearchParams(url.split('#')[1] ?? '');
  const tries = Math.min(Number(overrides.get('rc') ?? 1), 5);
  const after = /5xx|all/.test(overrides.get('rp') ?? '') ? 'no_success' : 'no_answer';
  return { patience: 15, pauses: Array.from({ length: tries }, () => 1), after };
}

const HOUR = 3_600;
/** Meta tries again for up to seven days, at growing distances. */
export const metaRule: RetryRule = {
  patience: 20,
  pauses: [1, 5, 30, 120, 600, HOUR, 6 * HOUR, ...Array.from({ length: 13 }, () => 12 * HOUR)],
  after: 'no_success',
};
