import type { z } from 'zod';
import type { Origin } from '../../audit/record-audit.ts';
import type { City } from '../../contract/city.ts';
import {
  type createDepartmentSchema,
  type DepartmentContent,
  type DepartmentDetail,
  departmentContentSchema,
  type restoreContentSchema,
  type saveDepartmentSchema,
} from '../../contract/content.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addContentVersion } from '../add-version.ts';
import { versionsOf } from '../edited-rows.ts';
import { handOverDepartment } from './hand-over-department.ts';
import { departmentVersions, openDepartment } from './read-departments.ts';

/**
 * Makes the next version of a department. One that ends hands what it has to another first.
 * @throws AppError `not_found`, `conflict`, `department_in_use` with what it has, `invalid_input` for who takes it over
 */
export async function saveDepartment(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  { version, moveTo, ...content }: z.output<typeof saveDepartmentSchema>,
): Promise<DepartmentDetail> {
  return change(unit, base, origin, id, version, () => content, moveTo);
}

/**
 * Brings an earlier version back, as a new one; 0: what the city's files say, from now on too.
 * @throws AppError `not_found`, `conflict`, `department_in_use`
 */
export async function restoreDepartment(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  { version, restore }: z.output<typeof restoreContentSchema>,
): Promise<DepartmentDetail> {
  return change(unit, base, origin, id, version, (versions) => {
    const earlier = versions.find((one) => one.version === restore);
    if (!earlier) throw new AppError('not_found');
    return earlier.fromFile ? null : departmentContentSchema.parse(earlier);
  });
}

/** @throws AppError `already_exists` */
export async function createDepartment(
  unit: Unit,
  base: City,
  origin: Origin,
  { id, ...content }: z.output<typeof createDepartmentSchema>,
): Promise<DepartmentDetail> {
  const earlier = await versionsOf(unit.tx, 'department', id);
  if (id in base.departments || earlier.length > 0) throw new AppError('already_exists');
  const version = { kind: 'department' as const, id, before: undefined, after: content, value: content };
  await addContentVersion(unit, origin, earlier, 0, version);
  return openDepartment(unit.tx, base, id);
}

/** @param make what it becomes; null: what the city's files say */
async function change(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  known: number,
  make: (versions: DepartmentDetail['versions']) => DepartmentContent | null,
  moveTo?: string,
): Promise<DepartmentDetail> {
  const rows = await versionsOf(unit.tx, 'department', id);
  const versions = departmentVersions(base, id, rows);
  const [latest] = versions;
  if (!latest) throw new AppError('not_found');
  const value = make(versions);
  const written = versions.find(({ version }) => version === 0);
  const after = value ?? (written && departmentContentSchema.parse(written));
  if (!after) throw new AppError('not_found');
  const before = departmentContentSchema.parse(latest);
  const moved = before.active && !after.active ? await handOverDepartment(unit, base, origin, id, moveTo) : undefined;
  const told = moved ? { ...after, moved } : after;
  await addContentVersion(unit, origin, rows, known, { kind: 'department', id, before, after: told, value });
  return openDepartment(unit.tx, base, id);
}
