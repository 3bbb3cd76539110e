import { addSeconds } from '../clock.ts';
import type { Me } from '../contract/http.ts';
import type { BaseRole } from '../contract/permissions.ts';
import type { SignInRules } from './roles/sign-in-rules.ts';

type SecondStep = Pick<Me, 'secondStep' | 'secondStepDueAt'>;

export interface Requirement {
  role: BaseRole;
  roleId: string | null;
  /** They have one. */
  enabled: boolean;
  /** Since when they have the role. */
  roleSince: Date | null;
}

/** Where somebody stands with the second step that their role may require, by the clock of the server. */
export function secondStepOf(
  rules: SignInRules,
  { role, roleId, enabled, roleSince }: Requirement,
  now: Date,
): SecondStep {
  if (enabled) return { secondStep: 'on', secondStepDueAt: null };
  const rule = rules.secondStep[roleId ?? role];
  if (!rule?.required) return { secondStep: 'free', secondStepDueAt: null };
  const since = Math.max(Date.parse(rule.since), roleSince?.getTime() ?? 0);
  const dueAt = addSeconds(new Date(since), rule.graceDays * 86_400);
  return { secondStep: dueAt <= now ? 'overdue' : 'due', secondStepDueAt: dueAt.toISOString() };
}
