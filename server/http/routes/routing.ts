import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { readRoutingSettings, saveRoutingSettings } from '../../routing/routing-settings.ts';
import type { Register } from '../register.ts';

export function routingRoutes(register: Register, { database, unitOfWork }: AppContext): void {
  register(api.routingSettings, () => readRoutingSettings(database.db));

  register(api.saveRoutingSettings, ({ body, origin }) =>
    unitOfWork(async (unit) => {
      const before = await readRoutingSettings(unit.tx);
      const after = await saveRoutingSettings(unit, body);
      await recordAudit(unit, origin, { action: 'routing.updated', target: null, before, after });
      return after;
    }),
  );
}
