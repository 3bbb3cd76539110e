import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { createOperator, loadOperator, loadOperators, updateOperator } from '../../operators/people.ts';
import { loadPresences } from '../../routing/presence.ts';
import type { Register } from '../register.ts';

export function peopleRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, signIn, say } = context;

  register(api.listOperators, async () => {
    const [operators, presences] = await Promise.all([loadOperators(database.db), loadPresences(database.db)]);
    const byId = new Map(presences.map((presence) => [presence.operatorId, presence]));
    return operators.flatMap((operator) => {
      const presence = byId.get(operator.id);
      return presence ? [{ ...operator, presence }] : [];
    });
  });

  register(api.createOperator, async ({ body, origin }) => {
    const hash = body.password ? await signIn.hashPassword(body.password) : null;
    return unitOfWork(async (unit) => {
      const operator = await createOperator(unit, body, hash);
      await recordAudit(unit, origin, { action: 'operator.created', target: operator.id, after: operator });
      return operator;
    });
  });

  register(api.updateOperator, async ({ params, body, operator: caller, origin }) => {
    // Whoever administers must not lock the last door behind them.
    if (params.id === caller.id && (body.disabled || (body.role && body.role !== 'administrator'))) {
      throw new AppError('wrong_state');
    }
    const hash = body.password ? await signIn.hashPassword(body.password) : null;
    return unitOfWork(async (unit) => {
      const before = await loadOperator(unit.tx, params.id);
      const after = await updateOperator(unit, say, params.id, body, hash);
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
