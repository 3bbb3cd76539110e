import type { FastifyRequest } from 'fastify';
import type { Origin } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { Me } from '../../contract/http.ts';
import { may, type Permission } from '../../contract/permissions.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';

/**
 * Who asks for what is no JSON, as routes of the contract know them.
 * @throws AppError `unauthenticated`, `forbidden`
 */
export async function mayOpenFile(
  context: AppContext,
  request: FastifyRequest,
  permission: Permission,
): Promise<{ operator: Me; origin: Origin }> {
  const operator = await signedIn(context, headersOf(request));
  if (!operator) throw new AppError('unauthenticated');
  if (!may(operator, permission)) throw new AppError('forbidden');
  const { id, name } = operator;
  return { operator, origin: { actor: { id, name }, address: request.ip, requestId: request.id } };
}
