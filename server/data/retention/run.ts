import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { giveReceipt } from '../../administration/receipts.ts';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { addSeconds } from '../../clock.ts';
import type { AppContext } from '../../context.ts';
import type { City } from '../../contract/city.ts';
import { type RetentionClass, retentionClasses } from '../../contract/data-words.ts';
import { AppError } from '../../contract/errors.ts';
import type { Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { RunCursor, RunRule } from '../data.entity.ts';
import { listRules } from './rules.ts';
import { terms } from './terms.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'files'>;
type Run = Selectable<Tables['retention_run']>;

const DAY_SECONDS = 86_400;
/** Of a class in one go; people go on working meanwhile. */
const BATCH = 200;
/** Other work of the same class is not kept waiting for longer. */
const JOB_MS = 2_000;

/**
 * Begins to let go what is past its term, by the rules as they are now.
 * @param night the city's day whose nightly run it is
 * @throws AppError `retention_runs` while another one is under way
 */
export async function beginRun(
  unit: Unit,
  city: City,
  { actor }: Pick<Origin, 'actor'>,
  night: string | null,
): Promise<string> {
  const { tx, now } = unit;
  const running = await tx.selectFrom('retention_run').select('id').where('state', '=', 'running').executeTakeFirst();
  if (running) throw new AppError('retention_runs');
  const rules: Partial<Record<RetentionClass, RunRule>> = {};
  for (const { id, days } of await listRules(tx, city)) {
    if (days !== null) rules[id] = { days, before: addSeconds(now, -days * DAY_SECONDS).toISOString() };
  }
  const id = uuid();
  await tx
    .insertInto('retention_run')
    .values({
      id,
      state: 'running',
      asked_by: actor?.id ?? null,
      asked_by_name: actor?.name ?? null,
      night,
      rules: json(rules),
      cursor: json(beginningOf(retentionClasses[0])),
      counts: json({}),
      began_at: now,
      heard_at: now,
    })
    .execute();
  unit.enqueue('reports.retention', { runId: id });
  return id;
}

const beginningOf = (id: RetentionClass): RunCursor => ({ id, phase: 'held', at: null, key: null });

/** Goes on with a run for a while, and promises the rest. After a crash it goes on where the last batch ended. */
export async function goOnWithRun(parts: Parts, runId: string): Promise<void> {
  const begun = performance.now();
  while (performance.now() - begun < JOB_MS) {
    const run = await parts.database.db
      .selectFrom('retention_run')
      .selectAll()
      .where('id', '=', runId)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (!run) return;
    if (await doBatch(parts, run)) return;
  }
  await parts.unitOfWork(async (unit) => unit.enqueue('reports.retention', { runId }));
}

interface Aged {
  key: string;
  at: string;
  held: boolean;
}

/** @returns whether the run has come to its end */
async function doBatch(parts: Parts, run: Run): Promise<boolean> {
  const { cursor } = run;
  const rule = run.rules[cursor.id];
  const found = rule ? await nextOf(parts, cursor, rule) : [];
  const going = found.filter(({ held }) => !held).map(({ key }) => key);
  if (going.length > 0) await terms[cursor.id].forget(parts, going);
  const last = found.at(-1);
  const next: RunCursor | null =
    found.length === BATCH && last ? { ...cursor, at: last.at, key: last.key } : after(cursor);
  return parts.unitOfWork(async (unit) => {
    const counts = { ...run.counts, [cursor.id]: (run.counts[cursor.id] ?? 0) + going.length };
    // Another server may have done the same batch: what it did counts once.
    const mine = await unit.tx
      .updateTable('retention_run')
      .set({ counts: json(counts), heard_at: unit.now, ...(next ? { cursor: json(next) } : {}) })
      .where('id', '=', run.id)
      .where('state', '=', 'running')
      .where(sql<boolean>`cursor = ${JSON.stringify(cursor)}::jsonb`)
      .returning('id')
      .executeTakeFirst();
    if (!mine) return false;
    await keepHeld(unit, cursor, found);
    if (rule && cursor.phase === 'aged' && found.length < BATCH) await keepProgress(unit, cursor.id, rule);
    if (!next) await finish(unit, run, counts);
    return !next;
  });
}

function after({ id, phase }: RunCursor): RunCursor | null {
  if (phase === 'held') return { id, phase: 'aged', at: null, key: null };
  const next = retentionClasses[retentionClasses.indexOf(id) + 1];
  return next ? beginningOf(next) : null;
}

async function nextOf({ database }: Parts, cursor: RunCursor, rule: RunRule): Promise<Aged[]> {
  const { from, key, at, held } = terms[cursor.id];
  const kept = sql`${key}::text in (select h.key from retention_held h where h.class = ${cursor.id})`;
  const since = sql`coalesce((select p.done_up_to from retention_progress p where p.class = ${cursor.id}), '-infinity')`;
  const which =
    cursor.phase === 'held'
      ? sql`${kept} and ${at} <= ${rule.before}`
      : sql`${at} > ${since} and ${at} <= ${rule.before}`;
  const onward =
    cursor.at === null ? sql`true` : sql`(${at}, ${key}::text) > (${cursor.at}::timestamptz, ${cursor.key})`;
  const { rows } = await sql<Aged>`
    select ${key}::text as key, ${at}::text as at, ${held} as held
    from ${from} and ${which} and ${onward} order by ${at}, ${key}::text limit ${BATCH}`.execute(database.db);
  return rows;
}

async function keepHeld({ tx }: Unit, { id }: RunCursor, found: readonly Aged[]): Promise<void> {
  const held = found.filter((row) => row.held);
  if (held.length > 0) {
    await sql`insert into retention_held (class, key, at)
      select ${id}, x.key, x.at::timestamptz from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) x (key text, at text)
      on conflict do nothing`.execute(tx);
  }
  const gone = found.filter((row) => !row.held).map(({ key }) => key);
  if (gone.length === 0) return;
  await tx.deleteFrom('retention_held').where('class', '=', id).where('key', 'in', gone).execute();
}

async function keepProgress({ tx }: Unit, id: RetentionClass, { before }: RunRule): Promise<void> {
  await sql`insert into retention_progress as p (class, done_up_to) values (${id}, ${before}::timestamptz)
    on conflict (class) do update set done_up_to = greatest(p.done_up_to, excluded.done_up_to)`.execute(tx);
}

async function finish(unit: Unit, run: Run, counts: Run['counts']): Promise<void> {
  await unit.tx
    .updateTable('retention_run')
    .set({ state: 'done', finished_at: unit.now })
    .where('id', '=', run.id)
    .execute();
  const { asked_by: id, asked_by_name: name } = run;
  const origin = { actor: id && name ? { id, name } : null, address: null, requestId: null };
  const done = { run: run.id, rules: run.rules, counts };
  const sha256 = createHash('sha256').update(JSON.stringify(done)).digest('hex');
  // A night on which nothing was due leaves nothing to prove.
  if (run.night && Object.values(counts).every((count) => count === 0)) return;
  await giveReceipt(unit, origin, 'retention', { ...done, sha256 });
  await recordAudit(unit, origin, { action: 'retention.applied', target: run.id, after: counts });
}
