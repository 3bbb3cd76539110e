import type { Authentication } from '../../../server/contract/email.ts';

export type SenderVerdict = 'verified' | 'failed' | 'unknown';

/**
 * Whether a mail is from whom it says. `failed` only where the sender's domain itself says that its mail can be told
 * (DMARC), and this is not it; what could not be looked up is `unknown`.
 */
export function senderVerdict({ dmarc, domains }: Authentication): SenderVerdict {
  if (dmarc === 'fail') return 'failed';
  if (dmarc === 'pass') return 'verified';
  return dmarc === 'none' && domains.length > 0 ? 'verified' : 'unknown';
}
