import { createApiKey, listApiKeys, revokeApiKey } from '../../administration/api-keys.ts';
import { permissionsBehind } from '../../administration/scope-of-route.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { mustHaveAll } from '../../operators/roles/must-cover.ts';
import type { Register } from '../register.ts';

export function apiKeyRoutes(register: Register, { database, unitOfWork }: AppContext): void {
  register(api.listApiKeys, () => listApiKeys(database.db));

  register(api.createApiKey, ({ body, operator, origin }) =>
    unitOfWork(async (unit) => {
      mustHaveAll(operator, permissionsBehind(body.scopes));
      const made = await createApiKey(unit, operator.name, body);
      const { key: _, ...after } = made;
      await recordAudit(unit, origin, { action: 'api_key.created', target: made.id, after });
      return made;
    }),
  );

  register(api.revokeApiKey, ({ params, origin }) =>
    unitOfWork(async (unit) => {
      const after = await revokeApiKey(unit, params.id);
      await recordAudit(unit, origin, { action: 'api_key.revoked', target: params.id, after });
      return after;
    }),
  );
}
