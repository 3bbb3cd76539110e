import type { AuthResult } from '../../../server/contract/email.ts';

/** How one check came out, and for which domains it passed. */
export interface Finding {
  result: AuthResult;
  domains: string[];
}

/** What cannot be told now. It counts neither for the sender nor against them. */
export const notKnown: Finding = { result: 'temperror', domains: [] };

export const absent: Finding = { result: 'none', domains: [] };

export const unreadable: Finding = { result: 'permerror', domains: [] };
