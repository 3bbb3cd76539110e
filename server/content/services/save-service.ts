import type { z } from 'zod';
import type { Origin } from '../../audit/record-audit.ts';
import type { City } from '../../contract/city.ts';
import {
  type createServiceSchema,
  type restoreContentSchema,
  type ServiceContent,
  type ServiceDetail,
  type saveServiceSchema,
  serviceContentSchema,
} from '../../contract/content.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addContentVersion } from '../add-version.ts';
import { newestContent, versionsOf } from '../edited-rows.ts';
import { layOver } from '../lay-over.ts';
import { openService, serviceVersions } from './read-services.ts';

/**
 * Makes the next version of a service: bot, console and Open311 ask and offer it so from the commit on.
 * @throws AppError `not_found`, `conflict`, `protected_service`, `invalid_input` for a department that works no cases
 */
export async function saveService(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  { version, ...content }: z.output<typeof saveServiceSchema>,
): Promise<ServiceDetail> {
  return change(unit, base, origin, id, version, () => content);
}

/**
 * Brings an earlier version back, as a new one; 0: what the city's files say, from now on too.
 * @throws AppError `not_found`, `conflict`, `protected_service`, `invalid_input`
 */
export async function restoreService(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  { version, restore }: z.output<typeof restoreContentSchema>,
): Promise<ServiceDetail> {
  return change(unit, base, origin, id, version, (versions) => {
    const earlier = versions.find((one) => one.version === restore);
    if (!earlier) throw new AppError('not_found');
    return earlier.fromFile ? null : serviceContentSchema.parse(earlier);
  });
}

/** @throws AppError `already_exists` for a name of the catalogue, `invalid_input` */
export async function createService(
  unit: Unit,
  base: City,
  origin: Origin,
  { id, ...content }: z.output<typeof createServiceSchema>,
): Promise<ServiceDetail> {
  const taken = [...base.services, ...base.topics, ...base.actions].some((entry) => entry.id === id);
  const earlier = await versionsOf(unit.tx, 'service', id);
  if (taken || earlier.length > 0) throw new AppError('already_exists');
  await mustWork(unit, base, content.departmentId);
  const version = { kind: 'service' as const, id, before: undefined, after: content, value: content };
  await addContentVersion(unit, origin, earlier, 0, version);
  return openService(unit.tx, base, id);
}

/** @param make what it becomes; null: what the city's files say */
async function change(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  known: number,
  make: (versions: ServiceDetail['versions']) => ServiceContent | null,
): Promise<ServiceDetail> {
  const rows = await versionsOf(unit.tx, 'service', id);
  const versions = serviceVersions(base, id, rows);
  const [latest] = versions;
  if (!latest) throw new AppError('not_found');
  const value = make(versions);
  const written = versions.find(({ version }) => version === 0);
  const after = value ?? (written && serviceContentSchema.parse(written));
  if (!after) throw new AppError('not_found');
  const isProtected = base.services.some((service) => service.id === id && service.protected);
  if (isProtected && !after.active) throw new AppError('protected_service');
  await mustWork(unit, base, after.departmentId);
  const before = serviceContentSchema.parse(latest);
  await addContentVersion(unit, origin, rows, known, { kind: 'service', id, before, after, value });
  return openService(unit.tx, base, id);
}

/** @throws AppError `invalid_input` */
async function mustWork(unit: Unit, base: City, departmentId: string): Promise<void> {
  const { departmentFacts } = layOver(base, await newestContent(unit.tx));
  if (!departmentFacts[departmentId]?.active) throw new AppError('invalid_input', { departmentId });
}
