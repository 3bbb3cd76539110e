import type { AuthResult } from '../../../server/contract/email.ts';

/** How one check came out. */
export interface Finding {
  result: AuthResult;
  /** For which domains it passed. */
  domains: string[];
  /** For which it might have, had the DNS answered; null: for any. */
  perhaps: string[] | null;
}

export const absent: Finding = { result: 'none', domains: [], perhaps: [] };

export const unreadable: Finding = { result: 'permerror', domains: [], perhaps: [] };

/** What cannot be told now. It counts neither for the sender nor against them. */
export const notKnown: Finding = { result: 'temperror', domains: [], perhaps: null };
