import { DateTime } from 'luxon';
import { renewLease } from '../routing/presence.ts';
import { LEASE_SECONDS } from './scratch-centre.ts';
import type { Stage } from './stage.ts';

/** How far a day has been played. */
export interface DayProgress {
  /** Of what there is to do, 0 to 1: nights are over in no time. */
  share: number;
  at: Date;
  /** What time that is in the city, HH:mm. */
  clock: string;
  /** Who waits for a person. */
  waiting: number;
}

/** Simulated seconds between two looks of the server for lost work: in real life two, but here none is lost. */
const RECONCILES = 60;
const PROGRESS_EVERY = 600;

interface Recurring {
  from: Date;
  progress?(progress: DayProgress): void;
}

/** What comes again and again: the server's look for lost work, signs of life of whoever is there. */
export function recur(stage: Stage, { from, progress }: Recurring, arrivals: number): void {
  const { time, server, operators } = stage;
  const { database, unitOfWork } = server.context;
  const every = (seconds: number, work: () => void | Promise<void>) => {
    const again = async () => {
      await work();
      time.after(seconds, again);
    };
    time.at(new Date(from.getTime() + seconds * 1_000), again);
  };
  every(RECONCILES, () => server.reconcile());
  every(LEASE_SECONDS / 2, async () => {
    const present = [...operators.values()].filter((operator) => operator.isPresent());
    if (present.length === 0) return;
    await unitOfWork(async (unit) => {
      for (const { id } of present) await renewLease(unit, id, LEASE_SECONDS);
    });
  });
  if (!progress) return;
  every(PROGRESS_EVERY, async () => {
    const { waiting } = await database.db
      .selectFrom('ticket')
      .select(({ fn }) => fn.countAll<number>().as('waiting'))
      .where('state', 'in', ['waiting', 'offered'])
      .executeTakeFirstOrThrow();
    const at = time.now();
    progress({
      share: arrivals === 0 ? 1 : stage.arrived / arrivals,
      at,
      clock: DateTime.fromJSDate(at, { zone: stage.city.timeZone }).toFormat('HH:mm'),
      waiting: Number(waiting),
    });
  });
}
