import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { may, permissionsOfBase } from '../../contract/permissions.ts';
import { api } from '../../contract/routes.ts';
import { listPeople } from '../../operators/list-people.ts';
import { loadOperator, loadOperators, loadPerson } from '../../operators/load-people.ts';
import { createOperator, updateOperator } from '../../operators/people.ts';
import { lockPeopleChanges, mustKeepAnAdministrator } from '../../operators/roles/keep-an-administrator.ts';
import { mustCover, mustHaveAll } from '../../operators/roles/must-cover.ts';
import { loadRole } from '../../operators/roles/read-roles.ts';
import { loadPresences } from '../../routing/presence.ts';
import type { Register } from '../register.ts';

export function peopleRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, signIn, say, clock } = context;

  register(api.listOperators, async () => {
    const [operators, presences] = await Promise.all([loadOperators(database.db), loadPresences(database.db)]);
    const byId = new Map(presences.map((presence) => [presence.operatorId, presence]));
    return operators.flatMap((operator) => {
      const presence = byId.get(operator.id);
      return presence ? [{ ...operator, presence }] : [];
    });
  });

  register(api.listPeople, () => listPeople(database.db, clock.now()));

  register(api.createOperator, async ({ body, operator: caller, origin }) => {
    const hash = body.password ? await signIn.hashPassword(body.password) : null;
    return unitOfWork(async (unit) => {
      const role = body.roleId ? await loadRole(unit.tx, body.roleId) : null;
      const permissions = role?.permissions ?? permissionsOfBase[body.role];
      mustCover(caller, { permissions, protectedGrant: body.protectedGrant });
      const operator = await createOperator(unit, body, hash);
      await recordAudit(unit, origin, { action: 'operator.created', target: operator.id, after: operator });
      return operator;
    });
  });

  register(api.updateOperator, async ({ params, body, operator: caller, origin }) => {
    const hash = body.password ? await signIn.hashPassword(body.password) : null;
    return unitOfWork(async (unit) => {
      await lockPeopleChanges(unit);
      mustCover(caller, await loadPerson(unit.tx, params.id));
      if (hash && params.id !== caller.id) mustHaveAll(caller, ['people.access']);
      const before = await loadOperator(unit.tx, params.id);
      const after = await updateOperator(unit, say, params.id, body, hash);
      const now = await loadPerson(unit.tx, params.id);
      mustCover(caller, now);
      // Whoever administers must not lock the door behind them.
      if (params.id === caller.id && (now.disabled || !may(now, 'people.manage'))) throw new AppError('wrong_state');
      if (before.role === 'administrator') await mustKeepAnAdministrator(unit);
      await recordAudit(unit, origin, {
        action: 'operator.updated',
        target: params.id,
        before,
        after: { ...after, ...(hash ? { password: 'changed' } : {}) },
      });
      return after;
    });
  });
}
