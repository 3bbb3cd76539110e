import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import type { DataImport, ImportMapping, ImportProblem } from '../../contract/data-import.ts';
import { type ImportKind, importFields, neededFields } from '../../contract/data-words.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { safeName } from '../../files/recognise-file.ts';
import { guessColumns } from './guess-columns.ts';
import { type ImportRow, noCounts } from './import-row.ts';
import { readTable } from './read-table.ts';
import { countBuiltUpon } from './undo-import.ts';

const SHOWN = 30;
const SAMPLES = 3;

/** Takes a file in and says what its columns probably are; nothing of it is in the city's data yet. @throws AppError of `readTable` */
export async function takeFile(
  { unitOfWork, files }: Pick<AppContext, 'unitOfWork' | 'files'>,
  origin: Origin,
  kind: ImportKind,
  file: { name: string; bytes: Buffer },
): Promise<DataImport> {
  const table = readTable(file.bytes);
  const id = uuid();
  const key = `imports/${id}`;
  await files.put(key, file.bytes, 'application/octet-stream');
  return unitOfWork(async (unit) => {
    const row = await unit.tx
      .insertInto('data_import')
      .values({
        id,
        kind,
        state: 'uploaded',
        name: safeName(file.name),
        source: 'anterior',
        sha256: createHash('sha256').update(file.bytes).digest('hex'),
        storage_key: key,
        encoding: table.encoding,
        delimiter: table.delimiter,
        columns: json(
          table.headings.map((name, index) => ({
            name,
            samples: table.rows.slice(0, SAMPLES).map((cells) => (cells[index] ?? '').slice(0, 60)),
          })),
        ),
        mapping: json(guessColumns(kind, table.headings)),
        row_count: table.rows.length,
        done: 0,
        counts: json(noCounts()),
        created_by: origin.actor?.id ?? '',
        created_by_name: origin.actor?.name ?? '',
        created_at: unit.now,
        heard_at: unit.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await recordAudit(unit, origin, {
      action: 'import.uploaded',
      target: id,
      after: { kind, rows: table.rows.length },
    });
    return present(unit.tx, row);
  });
}

export async function listImports(db: Db): Promise<DataImport[]> {
  const rows = await db.selectFrom('data_import').selectAll().orderBy('created_at', 'desc').limit(SHOWN).execute();
  return Promise.all(rows.map((row) => present(db, row)));
}

/** @throws AppError `not_found` */
export async function openImport(db: Db, id: string): Promise<DataImport> {
  const row = await db.selectFrom('data_import').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return present(db, row);
}

/** Tries every row by this mapping. @throws AppError `not_found`, `wrong_import_step`, `import_column_missing` */
export async function check(
  unit: Unit,
  id: string,
  { mapping, source }: { mapping: ImportMapping; source: string },
): Promise<DataImport> {
  const row = await lock(unit, id, ['uploaded', 'checked']);
  if (mapping.length !== row.columns.length) throw new AppError('invalid_input');
  const known: readonly string[] = importFields[row.kind];
  if (mapping.some((field) => field && !known.includes(field))) throw new AppError('invalid_input');
  const missing = neededFields[row.kind].filter((field) => !mapping.includes(field));
  if (missing.length > 0) throw new AppError('import_column_missing', { what: missing.join(', ') });
  await unit.tx.deleteFrom('data_import_row').where('import_id', '=', id).execute();
  return goOn(unit, id, { state: 'checking', mapping: json(mapping), source, done: 0, counts: json(noCounts()) });
}

/** Brings in what is sound. @throws AppError `not_found`, `wrong_import_step` */
export async function start(unit: Unit, origin: Origin, id: string): Promise<DataImport> {
  await lock(unit, id, ['checked']);
  await recordAudit(unit, origin, { action: 'import.started', target: id });
  return goOn(unit, id, { state: 'importing', done: 0, counts: json(noCounts()), finished_at: null });
}

/** @throws AppError `not_found`, `wrong_import_step`, `import_built_upon` with how many */
export async function undo(unit: Unit, origin: Origin, id: string): Promise<DataImport> {
  await lock(unit, id, ['done']);
  const count = await countBuiltUpon(unit.tx, id);
  if (count > 0) throw new AppError('import_built_upon', { count });
  await recordAudit(unit, origin, { action: 'import.undone', target: id });
  return goOn(unit, id, { state: 'undoing', finished_at: null });
}

/** Throws the file away. @throws AppError `not_found`, `wrong_import_step` once it was imported */
export async function remove(
  unit: Unit,
  { files }: Pick<AppContext, 'files'>,
  origin: Origin,
  id: string,
): Promise<DataImport> {
  const row = await lock(unit, id, ['uploaded', 'checked', 'undone', 'failed']);
  if (row.storage_key) await files.remove(row.storage_key);
  const shown = await present(unit.tx, row);
  await unit.tx.deleteFrom('data_import').where('id', '=', id).execute();
  await recordAudit(unit, origin, { action: 'import.deleted', target: id });
  return shown;
}

async function lock({ tx }: Unit, id: string, states: readonly ImportRow['state'][]): Promise<ImportRow> {
  const row = await tx.selectFrom('data_import').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  if (!states.includes(row.state)) throw new AppError('wrong_import_step');
  return row;
}

type Change = Partial<Pick<ImportRow, 'state' | 'source' | 'done' | 'finished_at'>> & {
  mapping?: never;
  counts?: never;
};

async function goOn(unit: Unit, id: string, change: Change): Promise<DataImport> {
  const row = await unit.tx
    .updateTable('data_import')
    .set({ ...change, heard_at: unit.now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.enqueue('reports.import', { importId: id });
  return present(unit.tx, row);
}

async function present(db: Db, row: ImportRow): Promise<DataImport> {
  const { rows: problems } = await sql<ImportProblem & { count: number; firstLine: number }>`
    select p ->> 'code' as code, p ->> 'column' as column, count(*)::int as count, min(r.line)::int as "firstLine"
    from data_import_row r cross join lateral jsonb_array_elements(r.problems) p
    where r.import_id = ${row.id} group by 1, 2 order by 3 desc, 1`.execute(db);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    name: row.name,
    source: row.source,
    encoding: row.encoding,
    columns: row.columns,
    mapping: row.mapping,
    rows: row.row_count,
    done: row.done,
    counts: row.counts,
    problems,
    fault: row.fault,
    fileKept: row.storage_key !== null,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
