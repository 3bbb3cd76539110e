import type { City } from '../../contract/city.ts';
import {
  type DepartmentContent,
  type DepartmentDetail,
  type DepartmentSummary,
  departmentContentSchema,
} from '../../contract/content.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import { type ContentRow, newestContent, versionsOf } from '../edited-rows.ts';
import { type Editable, layOver } from '../lay-over.ts';
import { presentVersions } from '../present-versions.ts';
import { contentOfDepartment } from './department-content.ts';

/** What a department has to do. */
export type Load = Pick<DepartmentSummary, 'openCases' | 'services' | 'people'>;

/** Every department, of the city's files and of the console, as it stands. */
export async function listDepartments(db: Db, base: City): Promise<DepartmentSummary[]> {
  const rows = await newestContent(db);
  const city = layOver(base, rows);
  const loads = await loadsOf(db, city);
  const edited = new Map(rows.filter(({ kind }) => kind === 'department').map((row) => [row.id, row]));
  return Object.keys(city.departments).map((id) => {
    const row = edited.get(id);
    return {
      id,
      ...contentOfDepartment(city, id),
      ...loads(id),
      version: row?.version ?? 0,
      editedBy: row?.edited_by_name ?? null,
      at: row?.at.toISOString() ?? null,
      fromFile: !row || row.value === null,
    };
  });
}

/** @throws AppError `not_found` */
export async function openDepartment(db: Db, base: City, id: string): Promise<DepartmentDetail> {
  const versions = departmentVersions(base, id, await versionsOf(db, 'department', id));
  if (versions.length === 0) throw new AppError('not_found');
  const loads = await loadsOf(db, layOver(base, await newestContent(db)));
  return { id, ...loads(id), versions };
}

/** Newest first, the one of the city's files last. */
export function departmentVersions(base: City, id: string, rows: readonly ContentRow[]): DepartmentDetail['versions'] {
  const written = id in base.departments ? contentOfDepartment(base, id) : undefined;
  const read = (value: unknown): DepartmentContent | null => departmentContentSchema.safeParse(value).data ?? null;
  return presentVersions(rows, written, read).map(({ content, ...version }) => ({ ...content, ...version }));
}

/** What each department has to do now. */
export async function loadsOf(db: Db, city: Pick<Editable, 'services'>): Promise<(id: string) => Load> {
  const open = await db
    .selectFrom('service_case')
    .select((column) => ['department_id', column.fn.countAll<number>().as('count')])
    .where('closed_at', 'is', null)
    .groupBy('department_id')
    .execute();
  const people = await db
    .selectFrom('operator')
    .select(['id', 'name', 'department_id'])
    .where('department_id', 'is not', null)
    .where('disabled', '=', false)
    .orderBy('name')
    .execute();
  const cases = new Map(open.map((row) => [row.department_id, Number(row.count)]));
  return (id) => ({
    openCases: cases.get(id) ?? 0,
    services: city.services
      .filter(({ department, active }) => active && department === id)
      .map((service) => ({ id: service.id, title: service.title })),
    people: people.filter((person) => person.department_id === id).map(({ id: own, name }) => ({ id: own, name })),
  });
}
