import type { Permission } from '../../../server/contract/permissions.ts';

/** What comes and goes between two sets of permissions, in the order of the first list that names each. */
export function roleChanges(
  before: readonly Permission[],
  after: readonly Permission[],
): { gained: Permission[]; lost: Permission[] } {
  return {
    gained: after.filter((permission) => !before.includes(permission)),
    lost: before.filter((permission) => !after.includes(permission)),
  };
}
