import { z } from 'zod';
import { type SecondStepRule, type SignInSettings, secondStepRuleSchema } from '../../contract/access.ts';
import type { BaseRole } from '../../contract/permissions.ts';
import type { Db } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';

export const SIGN_IN_KEY = 'sign-in';
const FREE: SecondStepRule = { required: false, graceDays: 7 };

const rulesSchema = z.object({
  providerExempt: z.boolean().default(true),
  /** By base role, or by the id of a role of the city. */
  secondStep: z.record(z.string(), secondStepRuleSchema.extend({ since: z.iso.datetime() })).default({}),
});

/** What roles require of signing in. `since` is when it began to be required. */
export type SignInRules = z.output<typeof rulesSchema>;

/** As kept, or nothing required. */
export const parseSignInRules = (value: unknown): SignInRules =>
  rulesSchema.catch(rulesSchema.parse({})).parse(value ?? {});

export async function readSignInRules(db: Db): Promise<SignInRules> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', SIGN_IN_KEY).executeTakeFirst();
  return parseSignInRules(row?.value);
}

/** What a role requires. */
export function ruleOf(rules: SignInRules, base: BaseRole, roleId: string | null): SecondStepRule {
  const { required, graceDays } = rules.secondStep[roleId ?? base] ?? FREE;
  return { required, graceDays };
}

/** Requires a second step of a role, or no longer. Days of grace count anew only when it was not required before. */
export async function saveSecondStepRule(unit: Unit, key: string, rule: SecondStepRule): Promise<void> {
  const rules = await lockRules(unit);
  const before = rules.secondStep[key];
  const since = before?.required && rule.required ? before.since : unit.now.toISOString();
  await keep(unit, { ...rules, secondStep: { ...rules.secondStep, [key]: { ...rule, since } } });
}

export async function saveSignInSettings(unit: Unit, { providerExempt }: SignInSettings): Promise<void> {
  await keep(unit, { ...(await lockRules(unit)), providerExempt });
}

/** A role that is gone requires nothing. */
export async function forgetSecondStepRule(unit: Unit, key: string): Promise<void> {
  const { secondStep, ...rules } = await lockRules(unit);
  const { [key]: _, ...left } = secondStep;
  await keep(unit, { ...rules, secondStep: left });
}

async function lockRules(unit: Unit): Promise<SignInRules> {
  const row = await unit.tx
    .selectFrom('setting')
    .select('value')
    .where('key', '=', SIGN_IN_KEY)
    .forUpdate()
    .executeTakeFirst();
  return parseSignInRules(row?.value);
}

async function keep(unit: Unit, rules: SignInRules): Promise<void> {
  const value = json(rules);
  await unit.tx
    .insertInto('setting')
    .values({ key: SIGN_IN_KEY, value, updated_at: unit.now })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, updated_at: unit.now }))
    .execute();
  unit.emit('configuration.changed', 'operators');
}
