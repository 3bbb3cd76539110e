import type { AppContext } from '../../context.ts';
import type { ImportProblem } from '../../contract/data-import.ts';
import type { Db } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Brought, bringCase, bringPerson } from './bring-in.ts';
import { findKnown, findReferred } from './find-known.ts';
import { giveImportReceipt } from './import-receipt.ts';
import type { ImportRow } from './import-row.ts';
import { type Read, type ReadCase, type ReadPerson, readCase, readPerson } from './read-row.ts';
import { readStored, type Table } from './read-table.ts';
import { undoNext } from './undo-import.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'files' | 'city' | 'places' | 'clock' | 'log'>;

/** Rows in one transaction. */
const BATCH = 200;
/** Other work of the same class is not kept waiting for longer. */
const JOB_MS = 2_000;

/** Goes on with an import for a while, and promises the rest. After a crash it goes on behind the last batch. */
export async function goOnWithImport(parts: Parts, importId: string): Promise<void> {
  const begun = performance.now();
  let table: Table | null = null;
  while (performance.now() - begun < JOB_MS) {
    const row = await load(parts.database.db, importId);
    if (row?.state === 'undoing') {
      if (await undoNext(parts, row)) return;
      continue;
    }
    if (!row?.storage_key || (row.state !== 'checking' && row.state !== 'importing')) return;
    table ??= await readStored(parts.files, row.storage_key);
    if (await doBatch(parts, row, table)) return;
  }
  await parts.unitOfWork(async (unit) => unit.enqueue('reports.import', { importId }));
}

const load = (db: Db, id: string): Promise<ImportRow | undefined> =>
  db.selectFrom('data_import').selectAll().where('id', '=', id).executeTakeFirst();

interface Judged {
  line: number;
  read: Read<ReadPerson> | Read<ReadCase>;
}

/** @returns whether the file has come to its end */
async function doBatch(parts: Parts, row: ImportRow, table: Table): Promise<boolean> {
  const judged: Judged[] = [];
  const context = { city: parts.city, places: parts.places, now: parts.clock.now() };
  const first = firstLines(row, table);
  for (let index = row.done; index < Math.min(row.done + BATCH, table.rows.length); index += 1) {
    const cells = table.rows[index] ?? [];
    // The heading is line 1.
    const line = index + 2;
    const given = row.kind === 'citizens' ? readPerson : readCase;
    const read = await given(cells, row.mapping, table.headings, context);
    const id = read.ok ? read.value.externalId : null;
    const isAgain = id !== null && first.get(id) !== index;
    judged.push({ line, read: isAgain ? { ok: false, problems: [{ code: 'twice_in_file', column: null }] } : read });
  }
  return parts.unitOfWork(async (unit) => {
    const locked = await unit.tx
      .selectFrom('data_import')
      .selectAll()
      .where('id', '=', row.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    // Another server did this batch meanwhile.
    if (locked.state !== row.state || locked.done !== row.done) return false;
    const counts = { ...locked.counts };
    for (const one of judged) {
      const brought = await settle(unit, parts, locked, one);
      counts[brought.outcome] += 1;
      await keepRow(unit, row.id, one, brought);
    }
    const done = row.done + judged.length;
    const isOver = done >= table.rows.length;
    const over = row.state === 'checking' ? 'checked' : 'done';
    await unit.tx
      .updateTable('data_import')
      .set({
        done,
        counts: json(counts),
        heard_at: unit.now,
        ...(isOver ? { state: over as ImportRow['state'], finished_at: unit.now } : {}),
      })
      .where('id', '=', row.id)
      .execute();
    if (isOver && over === 'done') {
      await giveImportReceipt(unit, locked, counts);
      // What was closed long ago elsewhere may be past its term here: the rule looks from the beginning again.
      await unit.tx.deleteFrom('retention_progress').where('class', '=', 'cases').execute();
    }
    return isOver;
  });
}

/** On which row of the file each id stands first. */
function firstLines({ mapping }: ImportRow, { rows }: Table): Map<string, number> {
  const column = mapping.indexOf('externalId');
  const first = new Map<string, number>();
  rows.forEach((cells, index) => {
    const id = (cells[column] ?? '').normalize('NFC').trim();
    if (id && !first.has(id)) first.set(id, index);
  });
  return first;
}

const nothing = { citizenId: null, caseId: null, filled: null };

async function settle(unit: Unit, { city }: Parts, row: ImportRow, { read }: Judged): Promise<Brought> {
  if (!read.ok) return { outcome: 'invalid', ...nothing };
  const from = { importId: row.id, source: row.source };
  const isCase = 'service' in read.value;
  if (row.state === 'importing') {
    return isCase
      ? bringCase(unit, city, from, read.value as ReadCase)
      : bringPerson(unit, from, read.value as ReadPerson);
  }
  const { externalId } = read.value;
  const kind = isCase ? 'case' : 'citizen';
  if (externalId && (await findReferred(unit.tx, kind, row.source, externalId)))
    return { outcome: 'duplicate', ...nothing };
  const person = isCase ? (read.value as ReadCase).person : (read.value as ReadPerson);
  const isKnown = person !== null && (await findKnown(unit.tx, person)) !== null;
  return { outcome: isKnown ? 'merged' : 'new', ...nothing };
}

async function keepRow({ tx }: Unit, importId: string, { line, read }: Judged, brought: Brought): Promise<void> {
  const problems: ImportProblem[] = read.ok ? [] : read.problems;
  const columns = {
    outcome: brought.outcome,
    problems: json(problems),
    citizen_id: brought.outcome === 'duplicate' ? null : brought.citizenId,
    case_id: brought.outcome === 'duplicate' ? null : brought.caseId,
    filled: brought.filled && json(brought.filled),
  };
  await tx
    .insertInto('data_import_row')
    .values({ import_id: importId, line, ...columns })
    .onConflict((conflict) => conflict.columns(['import_id', 'line']).doUpdateSet(columns))
    .execute();
}
