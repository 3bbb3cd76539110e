import { permissionSchema } from '../../contract/http.ts';
import { type BaseRole, type Permission, permissionsOfBase, withNeeds } from '../../contract/permissions.ts';

/**
 * What somebody may do: the permissions of their base role, or those that the city gave to theirs. What this version
 * does not know opens nothing.
 * @param given of a role of the city, as stored; null: the base role itself
 */
export function effectivePermissions(base: BaseRole, given: readonly string[] | null): Permission[] {
  if (!given) return [...permissionsOfBase[base]];
  return withNeeds(given.flatMap((one) => permissionSchema.safeParse(one).data ?? []));
}
