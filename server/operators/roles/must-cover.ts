import { AppError } from '../../contract/errors.ts';
import { may, type Permission } from '../../contract/permissions.ts';

interface Somebody {
  permissions: readonly Permission[];
  protectedGrant: boolean;
}

/** Nobody gives or takes what they do not have. @throws AppError `permission_missing` */
export function mustHaveAll(actor: Pick<Somebody, 'permissions'>, wanted: readonly Permission[]): void {
  if (!wanted.every((permission) => may(actor, permission))) throw new AppError('permission_missing');
}

/**
 * Whoever changes how somebody comes in could come in as them: only who may all that they may, changes it.
 * @throws AppError `permission_missing`
 */
export function mustCover(actor: Pick<Somebody, 'permissions'>, somebody: Somebody): void {
  mustHaveAll(actor, somebody.permissions);
  if (somebody.protectedGrant) mustHaveAll(actor, ['people.grant']);
}
