import { v7 as uuid } from 'uuid';
import { addSeconds } from '../../clock.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { LoadSampleDay, SampleDay } from '../../contract/sample-day.ts';
import { createRowAdder } from './add-rows.ts';
import type { ProgressLine } from './day-lines.ts';
import { type PlayedDay, playDay } from './play-day.ts';
import { removeDay } from './remove-day.ts';

/** The sample day of an installation: one at a time. */
export interface SampleDays {
  current(): Promise<SampleDay>;
  /** Begins to play one that ends now; its contacts come all at once, when it is done. @throws AppError `sample_day_exists` */
  load(wanted: LoadSampleDay, by: { id: string; name: string }): Promise<void>;
  /** Takes it away, or stops playing it. @returns how many rows of which tables went */
  remove(): Promise<Record<string, number>>;
}

type Parts = Pick<AppContext, 'config' | 'clock' | 'database' | 'unitOfWork' | 'log'>;

/** A day that nobody has played on for so long is over: its server was killed. */
const LOST_SECONDS = 180;

const none: SampleDay = {
  state: 'none',
  progress: 0,
  playedUntil: null,
  waiting: 0,
  startedAt: null,
  beginsAt: null,
  endsAt: null,
  contacts: 0,
  cases: 0,
  startedByName: null,
  reason: null,
};

export function createSampleDays(
  { config, clock, database, unitOfWork, log }: Parts,
  play: typeof playDay = playDay,
): SampleDays {
  const { db } = database;
  /** What this process is playing. */
  const playing = new Set<PlayedDay>();

  async function follow(id: string, day: PlayedDay): Promise<void> {
    const adder = createRowAdder();
    const heard = async ({ progress, at, waiting }: ProgressLine) => {
      const known = await db
        .updateTable('sample_day')
        .set({ progress, played_until: at, waiting, heard_at: clock.now() })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst();
      // Somebody, perhaps at another server, does not want it any more.
      if (!known) day.stop();
    };
    await day.whilePlaying(heard);
    await unitOfWork(async (unit) => {
      const row = await unit.tx
        .selectFrom('sample_day')
        .select('id')
        .where('id', '=', id)
        .where('state', '=', 'loading')
        .forUpdate()
        .executeTakeFirst();
      if (!row) return day.stop();
      const { contacts, cases } = await day.rows((table, rows) => adder.add(unit.tx, table, rows));
      await unit.tx
        .updateTable('sample_day')
        .set({ state: 'loaded', progress: 1, contacts, cases, heard_at: unit.now })
        .where('id', '=', id)
        .execute();
      unit.emit('configuration.changed', 'operators');
      // Whoever makes contacts findable has work.
      unit.emit('tickets.changed', []);
    });
  }

  const isWanted = async (id: string) =>
    (await db.selectFrom('sample_day').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

  return {
    async current() {
      const row = await db.selectFrom('sample_day').selectAll().executeTakeFirst();
      if (!row) return none;
      const isLost = row.state === 'loading' && row.heard_at < addSeconds(clock.now(), -LOST_SECONDS);
      return {
        state: isLost ? 'failed' : row.state,
        progress: row.progress,
        playedUntil: row.played_until?.toISOString() ?? null,
        waiting: row.waiting,
        startedAt: row.created_at.toISOString(),
        beginsAt: row.begins_at.toISOString(),
        endsAt: row.ends_at.toISOString(),
        contacts: row.contacts,
        cases: row.cases,
        startedByName: row.started_by_name,
        reason: row.reason,
      };
    },
    async load({ seed, hours, scale }, by) {
      const now = clock.now();
      const id = uuid();
      const from = addSeconds(now, -hours * 3_600);
      await unitOfWork(async ({ tx }) => {
        await tx
          .deleteFrom('sample_day')
          .where((where) =>
            where.or([
              where('state', '=', 'failed'),
              where.and([where('state', '=', 'loading'), where('heard_at', '<', addSeconds(now, -LOST_SECONDS))]),
            ]),
          )
          .execute();
        const added = await tx
          .insertInto('sample_day')
          .values({
            id,
            state: 'loading',
            seed,
            progress: 0,
            played_until: null,
            waiting: 0,
            begins_at: from,
            ends_at: now,
            contacts: 0,
            cases: 0,
            started_by: by.id,
            started_by_name: by.name,
            reason: null,
            heard_at: now,
            created_at: now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!added) throw new AppError('sample_day_exists');
      });
      const day = play({ config, seed, from, until: now, scale });
      playing.add(day);
      const following = follow(id, day).finally(() => playing.delete(day));
      void following.catch(async (error) => {
        day.stop();
        if (!(await isWanted(id))) return;
        log.error({ err: error }, 'the sample day could not be loaded');
        await db
          .updateTable('sample_day')
          .set({ state: 'failed', reason: error instanceof Error ? error.message : String(error) })
          .where('id', '=', id)
          .execute()
          .catch((failure) => log.error({ err: failure }, 'nor could that be noted'));
      });
    },
    async remove() {
      const removed = await unitOfWork(removeDay);
      for (const day of playing) day.stop();
      return removed;
    },
  };
}
