import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { addSeconds } from '../clock.ts';
import { revisionOf } from '../content/live-content.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { Addition, Trial } from '../contract/learning.ts';
import type { Db, Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';

type TrialRow = Selectable<Tables['learning_trial']>;

/** A trial takes about half a minute: one that has not ended by then died with its server. */
const LOST_AFTER_SECONDS = 300;
/** How long trials are kept: they hold the words that were tried. */
const KEPT_SECONDS = 86_400;

export interface Trials {
  /**
   * Begins to measure what additions would change; it goes on in the background, one trial after another.
   * @throws AppError `not_found` for what is not in the catalogue and for turns that are not, `already_exists` when the bot has learnt all of it
   */
  start(actor: Actor, additions: readonly Addition[]): Promise<Trial>;
}

export function createTrials(context: Pick<AppContext, 'database' | 'desk' | 'bot' | 'clock' | 'log'>): Trials {
  const { database, desk, bot, clock, log } = context;
  const { db } = database;
  let queue: Promise<void> = Promise.resolve();

  async function run(id: string, additions: readonly Addition[]): Promise<void> {
    const outcome = await Promise.resolve(bot.tryOut?.(byLesson(additions), desk)).then(
      (result) => ({ result: json(result ?? null), failed: !result }),
      (error) => {
        log.warn({ err: error }, 'a trial of new utterances failed');
        return { result: null, failed: true };
      },
    );
    await db
      .updateTable('learning_trial')
      .set({ ...outcome, finished_at: clock.now() })
      .where('id', '=', id)
      .execute();
  }

  return {
    async start(actor, asked) {
      const known = new Set(desk.catalogue('es').map(({ id }) => id));
      if (asked.some(({ lessonId }) => !known.has(lessonId))) throw new AppError('not_found');
      const additions = unlearnt(asked, desk.utterances);
      if (additions.length === 0) throw new AppError('already_exists');
      await mustExist(db, additions);
      const now = clock.now();
      await db.deleteFrom('learning_trial').where('at', '<', addSeconds(now, -KEPT_SECONDS)).execute();
      const row = await db
        .insertInto('learning_trial')
        .values({
          id: uuid(),
          additions: json(additions),
          revision: (await revisionOf(db)).utterances,
          result: null,
          failed: false,
          started_by: actor.id,
          at: now,
          finished_at: null,
          published_at: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      queue = queue
        .then(() => run(row.id, additions))
        .catch((error) => log.warn({ err: error }, 'what came of a trial could not be stored'));
      return presentTrial(row, now);
    },
  };
}

/** @throws AppError `not_found` */
export async function readTrial(db: Db, now: Date, id: string): Promise<Trial> {
  const row = await db.selectFrom('learning_trial').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return presentTrial(row, now);
}

/**
 * What was tried goes live, and the bot learns it in the background.
 * @throws AppError `not_found`, `wrong_state` before the trial is done, `conflict` when other utterances changed since
 */
export async function publishTrial(unit: Unit, origin: Origin, id: string): Promise<Trial> {
  const { tx, now } = unit;
  const row = await tx.selectFrom('learning_trial').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  if (row.published_at) return presentTrial(row, now);
  if (!row.result) throw new AppError('wrong_state');
  // Nothing else is taught between the look and the commit.
  await sql`lock table utterance in share row exclusive mode`.execute(tx);
  if ((await revisionOf(tx)).utterances !== row.revision) throw new AppError('conflict');
  await tx
    .insertInto('utterance')
    .values(
      row.additions.map(({ lessonId, text, turnId }) => ({
        id: uuid(),
        catalogue_id: lessonId,
        text,
        turn_id: turnId,
        added_by: origin.actor?.id ?? null,
        added_by_name: origin.actor?.name ?? null,
        at: now,
        withdrawn_by: null,
        withdrawn_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const turnIds = row.additions.flatMap(({ turnId }) => turnId ?? []);
  if (turnIds.length > 0) {
    await tx
      .updateTable('bot_turn')
      .set({ reviewed: 'taught', reviewed_by: origin.actor?.id ?? null })
      .where('id', 'in', turnIds)
      .execute();
  }
  const published = await tx
    .updateTable('learning_trial')
    .set({ published_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordAudit(unit, origin, { action: 'utterance.added', target: null, after: byLesson(row.additions) });
  unit.emit('configuration.changed', 'content');
  return presentTrial(published, now);
}

function presentTrial(row: TrialRow, now: Date): Trial {
  const isLost = row.finished_at === null && row.at < addSeconds(now, -LOST_AFTER_SECONDS);
  const ended = row.failed || isLost ? 'failed' : row.result ? 'done' : 'running';
  return {
    id: row.id,
    state: row.published_at ? 'published' : ended,
    startedAt: row.at.toISOString(),
    additions: row.additions,
    result: row.result,
  };
}

/** @throws AppError `not_found` */
async function mustExist(db: Db, additions: readonly Addition[]): Promise<void> {
  const turnIds = [...new Set(additions.flatMap(({ turnId }) => turnId ?? []))];
  if (turnIds.length === 0) return;
  const found = await db.selectFrom('bot_turn').select('id').where('id', 'in', turnIds).execute();
  if (found.length < turnIds.length) throw new AppError('not_found');
}

/** Those that the bot has not learnt yet, each once. */
function unlearnt(additions: readonly Addition[], known: Readonly<Record<string, readonly string[]>>): Addition[] {
  const keyOf = (lessonId: string, text: string) => `${lessonId} ${text.toLowerCase()}`;
  const seen = new Set(Object.entries(known).flatMap(([id, texts]) => texts.map((text) => keyOf(id, text))));
  return additions.filter(({ lessonId, text }) => {
    const key = keyOf(lessonId, text);
    return !seen.has(key) && seen.add(key);
  });
}

function byLesson(additions: readonly Addition[]): Record<string, string[]> {
  const grouped = Map.groupBy(additions, ({ lessonId }) => lessonId);
  return Object.fromEntries([...grouped].map(([id, some]) => [id, some.map(({ text }) => text)]));
}
