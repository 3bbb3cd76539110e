import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { deleteMacro, findMacro, listMacros, saveMacro } from '../../operators/macros/keep-macros.ts';
import { runMacro } from '../../operators/macros/run-macro.ts';
import type { Register } from '../register.ts';

/** Several steps that are done as one. */
export function macroRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city } = context;

  register(api.listMacros, () => listMacros(database.db));

  register(api.createMacro, ({ body, origin }) =>
    unitOfWork(async (unit) => {
      const after = await saveMacro(unit, city, null, body);
      await recordAudit(unit, origin, { action: 'macro.created', target: after.id, after });
      return after;
    }),
  );

  register(api.saveMacro, ({ params, body, origin }) =>
    unitOfWork(async (unit) => {
      const before = await findMacro(unit.tx, params.id);
      const after = await saveMacro(unit, city, params.id, body);
      await recordAudit(unit, origin, { action: 'macro.updated', target: after.id, before, after });
      return after;
    }),
  );

  register(api.deleteMacro, ({ params, origin }) =>
    unitOfWork(async (unit) => {
      const before = await deleteMacro(unit, params.id);
      await recordAudit(unit, origin, { action: 'macro.deleted', target: params.id, before });
      return { ok: true as const };
    }),
  );

  register(api.runMacro, ({ operator, params, body }) =>
    unitOfWork(async (unit) => {
      const macro = await findMacro(unit.tx, body.macroId);
      return runMacro(unit, context, operator, params.id, macro, body.runId);
    }),
  );
}
