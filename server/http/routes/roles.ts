import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import type { RoleView } from '../../contract/access.ts';
import { type BaseRole, baseRoles, permissionsOfBase } from '../../contract/permissions.ts';
import { api } from '../../contract/routes.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { mustHaveAll } from '../../operators/roles/must-cover.ts';
import { listRoles, loadRole } from '../../operators/roles/read-roles.ts';
import { createRole, deleteRole, saveRole } from '../../operators/roles/save-role.ts';
import {
  readSignInRules,
  ruleOf,
  saveSecondStepRule,
  saveSignInSettings,
} from '../../operators/roles/sign-in-rules.ts';
import type { Register } from '../register.ts';

/** What of a role is worth comparing later. */
const told = ({ name, description, base, permissions }: RoleView) => ({ name, description, base, permissions });
const isBase = (key: string): key is BaseRole => baseRoles.some((base) => base === key);

export function roleRoutes(register: Register, { database, unitOfWork, say }: AppContext): void {
  register(api.listRoles, () => listRoles(database.db));

  register(api.createRole, ({ body, operator, origin }) =>
    unitOfWork(async (unit) => {
      const role = await createRole(unit, operator, body);
      await recordAudit(unit, origin, { action: 'role.created', target: role.id, after: told(role) });
      return role;
    }),
  );

  register(api.saveRole, ({ params, body, operator, origin }) =>
    unitOfWork(async (unit) => {
      const before = await loadRole(unit.tx, params.id);
      const after = await saveRole(unit, say, operator, params.id, body);
      const change = { before: told(before), after: told(after) };
      await recordAudit(unit, origin, { action: 'role.updated', target: params.id, ...change });
      return after;
    }),
  );

  register(api.deleteRole, ({ params, operator, origin }) =>
    unitOfWork(async (unit) => {
      const before = await deleteRole(unit, operator, params.id);
      await recordAudit(unit, origin, { action: 'role.deleted', target: params.id, before: told(before) });
      return { ok: true as const };
    }),
  );

  /** A base role by its name, or one of the city by its id. @throws AppError `not_found` */
  async function findRole(unit: Unit, key: string) {
    if (isBase(key)) return { base: key, id: null, permissions: permissionsOfBase[key] };
    return loadRole(unit.tx, key);
  }

  register(api.saveSecondStepRule, ({ params, body, operator, origin }) =>
    unitOfWork(async (unit) => {
      const { base, id, permissions } = await findRole(unit, params.id);
      mustHaveAll(operator, permissions);
      const before = ruleOf(await readSignInRules(unit.tx), base, id);
      await saveSecondStepRule(unit, params.id, body);
      await recordAudit(unit, origin, { action: 'role.second_step_changed', target: params.id, before, after: body });
      return body;
    }),
  );

  register(api.signInSettings, async () => {
    const { providerExempt } = await readSignInRules(database.db);
    return { providerExempt };
  });

  register(api.saveSignInSettings, ({ body, origin }) =>
    unitOfWork(async (unit) => {
      const { providerExempt } = await readSignInRules(unit.tx);
      await saveSignInSettings(unit, body);
      await recordAudit(unit, origin, {
        action: 'settings.sign_in',
        target: null,
        before: { providerExempt },
        after: body,
      });
      return body;
    }),
  );
}
