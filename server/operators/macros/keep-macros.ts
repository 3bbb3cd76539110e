import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { Macro, MacroStep, saveMacroSchema } from '../../contract/macro.ts';
import type { Db, Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';

const present = ({ id, shortcut, title, steps }: Selectable<Tables['macro']>): Macro => ({
  id,
  shortcut,
  title,
  steps,
});

export async function listMacros(db: Db): Promise<Macro[]> {
  return (await db.selectFrom('macro').selectAll().orderBy('shortcut').execute()).map(present);
}

/** @throws AppError `not_found` */
export async function findMacro(db: Db, id: string): Promise<Macro> {
  const row = await db.selectFrom('macro').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return present(row);
}

/**
 * Adds one, or changes the one by `id`.
 * @throws AppError `already_exists` for a shortcut in use, `invalid_input` for a step that names what is not there,
 * `not_found`
 */
export async function saveMacro(
  unit: Unit,
  city: Pick<City, 'dispositions'>,
  id: string | null,
  input: z.output<typeof saveMacroSchema>,
): Promise<Macro> {
  const { tx } = unit;
  const same = await tx.selectFrom('macro').select('id').where('shortcut', '=', input.shortcut).executeTakeFirst();
  if (same && same.id !== id) throw new AppError('already_exists');
  for (const step of input.steps) await mustBeThere(unit.tx, city, step);
  const columns = {
    shortcut: input.shortcut,
    title: input.title,
    steps: json(input.steps),
    updated_at: unit.now,
  };
  const row = id
    ? await tx.updateTable('macro').set(columns).where('id', '=', id).returningAll().executeTakeFirst()
    : await tx
        .insertInto('macro')
        .values({ id: uuid(), created_at: unit.now, ...columns })
        .returningAll()
        .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return present(row);
}

/** @throws AppError `not_found` */
export async function deleteMacro(unit: Unit, id: string): Promise<Macro> {
  const row = await unit.tx.deleteFrom('macro').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return present(row);
}

/** @throws AppError `invalid_input` */
async function mustBeThere(db: Db, { dispositions }: Pick<City, 'dispositions'>, step: MacroStep): Promise<void> {
  if (step.type === 'close' && !dispositions.some(({ id }) => id === step.disposition)) {
    throw new AppError('invalid_input', { disposition: step.disposition });
  }
  if (step.type === 'reply') {
    const found = db.selectFrom('canned_reply').select('id').where('id', '=', step.cannedReplyId);
    if (!(await found.executeTakeFirst())) throw new AppError('invalid_input', { cannedReplyId: step.cannedReplyId });
  }
  if (step.type === 'transfer') {
    const found = db.selectFrom('queue').select('id').where('id', '=', step.queueId);
    if (!(await found.executeTakeFirst())) throw new AppError('invalid_input', { queueId: step.queueId });
  }
}
