import type { Problem } from '../../../server/contract/email-problems.ts';

/** Collects problems, each once. */
export type Notice = (problem: Problem) => void;
