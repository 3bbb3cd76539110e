import type { City } from '../../contract/city.ts';
import {
  type ServiceContent,
  type ServiceDetail,
  type ServiceSummary,
  serviceContentSchema,
} from '../../contract/content.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import { type ContentRow, newestContent, versionsOf } from '../edited-rows.ts';
import { layOver } from '../lay-over.ts';
import { presentVersions } from '../present-versions.ts';
import { contentOfService } from './service-content.ts';

/** Every service, of the city's files and of the console, as it stands. */
export async function listServices(db: Db, base: City): Promise<ServiceSummary[]> {
  const [rows, open] = await Promise.all([newestContent(db), openCases(db)]);
  const city = layOver(base, rows);
  const edited = new Map(rows.filter(({ kind }) => kind === 'service').map((row) => [row.id, row]));
  return city.services.map((service) => {
    const row = edited.get(service.id);
    return {
      id: service.id,
      title: { es: service.title, en: city.english[service.id] ?? service.title },
      departmentId: service.department,
      expected: service.expected,
      questions: service.questions.length,
      active: service.active,
      protected: service.protected,
      openCases: open.get(service.id) ?? 0,
      version: row?.version ?? 0,
      editedBy: row?.edited_by_name ?? null,
      at: row?.at.toISOString() ?? null,
      fromFile: !row || row.value === null,
    };
  });
}

/** @throws AppError `not_found` */
export async function openService(db: Db, base: City, id: string): Promise<ServiceDetail> {
  const rows = await versionsOf(db, 'service', id);
  const versions = serviceVersions(base, id, rows);
  if (versions.length === 0) throw new AppError('not_found');
  const written = base.services.find((service) => service.id === id);
  const open = await openCases(db);
  const taught = await db
    .selectFrom('utterance')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('catalogue_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return {
    id,
    protected: written?.protected ?? false,
    restricted: written?.restricted ?? false,
    openCases: open.get(id) ?? 0,
    wordings: { written: base.utterances[id]?.length ?? 0, taught: Number(taught?.count ?? 0) },
    versions,
  };
}

/** Newest first, the one of the city's files last. */
export function serviceVersions(base: City, id: string, rows: readonly ContentRow[]): ServiceDetail['versions'] {
  const written = base.services.find((service) => service.id === id);
  const read = (value: unknown): ServiceContent | null => serviceContentSchema.safeParse(value).data ?? null;
  return presentVersions(rows, written && contentOfService(base, written), read).map(({ content, ...version }) => ({
    ...content,
    ...version,
  }));
}

async function openCases(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('service_case')
    .select((column) => ['service_id', column.fn.countAll<number>().as('count')])
    .where('closed_at', 'is', null)
    .groupBy('service_id')
    .execute();
  return new Map(rows.map((row) => [row.service_id, Number(row.count)]));
}
