import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { AddedWord, Spelling, WordScope } from '../contract/spelling.ts';
import type { Db, Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, supervises } from '../operators/actor.ts';
import { knownWords } from './known-words.ts';

/** Nobody needs more; whoever writes a program that adds words does not fill the table. */
const MOST_WORDS = 2_000;

/** What is right for somebody beside what the dictionary has. */
export async function readSpelling(db: Db, city: City, actor: Actor): Promise<Spelling> {
  const [rows, people] = await Promise.all([
    db
      .selectFrom('spelling_word')
      .selectAll()
      .where((where) => where.or([where('operator_id', 'is', null), where('operator_id', '=', actor.id)]))
      .orderBy('word')
      .execute(),
    db.selectFrom('operator').select('name').where('disabled', '=', false).execute(),
  ]);
  return {
    known: knownWords(
      city,
      people.map(({ name }) => name),
    ),
    added: rows.map(present),
  };
}

/** A word that is there already is given back. @throws AppError `forbidden`, `invalid_input` when the dictionary is full */
export async function addWord(
  unit: Unit,
  actor: Actor,
  origin: Origin,
  { word, scope }: { word: string; scope: WordScope },
): Promise<AddedWord> {
  if (scope === 'city' && !supervises(actor)) throw new AppError('forbidden');
  const owner = scope === 'city' ? null : actor.id;
  const ofOwner = () => unit.tx.selectFrom('spelling_word').where('operator_id', 'is not distinct from', owner);
  const { count } = await ofOwner()
    .select((column) => column.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_WORDS) throw new AppError('invalid_input', { word: `at most ${MOST_WORDS}` });
  const added = await unit.tx
    .insertInto('spelling_word')
    .values({ id: uuid(), word, operator_id: owner, added_by_name: actor.name, at: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!added) return present(await ofOwner().selectAll().where('word', '=', word).executeTakeFirstOrThrow());
  if (scope === 'city') {
    await recordAudit(unit, origin, { action: 'spelling_word.added', target: added.id, after: { word } });
  }
  return present(added);
}

/** @throws AppError `not_found` for a word of somebody else's, `forbidden` for everybody's unless they supervise */
export async function removeWord(unit: Unit, actor: Actor, origin: Origin, id: string): Promise<void> {
  const row = await unit.tx.selectFrom('spelling_word').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || (row.operator_id !== null && row.operator_id !== actor.id)) throw new AppError('not_found');
  if (row.operator_id === null && !supervises(actor)) throw new AppError('forbidden');
  await unit.tx.deleteFrom('spelling_word').where('id', '=', id).execute();
  if (row.operator_id === null) {
    await recordAudit(unit, origin, { action: 'spelling_word.removed', target: id, before: { word: row.word } });
  }
}

function present(row: Selectable<Tables['spelling_word']>): AddedWord {
  return {
    id: row.id,
    word: row.word,
    scope: row.operator_id === null ? 'city' : 'mine',
    addedBy: row.added_by_name,
    at: row.at.toISOString(),
  };
}
