import type { Finding } from '../contract/messaging.ts';

/** What was found out of one part of the installation. */
export interface Section {
  title: string;
  findings: Finding[];
}

export const good = (what: string): Finding => ({ verdict: 'good', what });
export const bad = (what: string, remedy: string): Finding => ({ verdict: 'bad', what, remedy });
export const unknown = (what: string, remedy: string): Finding => ({ verdict: 'unknown', what, remedy });
