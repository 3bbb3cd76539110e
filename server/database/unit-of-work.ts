import type { Clock } from '../clock.ts';
import type { DomainEvents } from '../contract/events.ts';
import type { JobData, JobName } from '../contract/jobs.ts';
import type { EventBus, EventName } from '../event-bus.ts';
import type { Database, Tx } from './database.ts';
import { json } from './json.ts';

/** One transaction with its consequences: jobs that exist if it commits, events told once it has. */
export interface Unit {
  readonly tx: Tx;
  readonly now: Date;
  /** Promises a job through the outbox. */
  enqueue<N extends JobName>(job: N, data: JobData<N>, runAt?: Date): void;
  /** Tells `name` after commit. */
  emit<N extends EventName>(name: N, payload: DomainEvents[N]): void;
}

/** An event that will be told once the transaction has committed. */
export type Told = { [N in EventName]: { name: N; payload: DomainEvents[N] } }[EventName];

/** What follows from what is about to be told, in the same transaction. */
export type Consequences = (unit: Pick<Unit, 'tx' | 'now' | 'enqueue'>, told: readonly Told[]) => Promise<void>;

export type UnitOfWork = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/**
 * @param onEnqueued called after a commit that promised jobs, so that the outbox is emptied at once
 */
export function createUnitOfWork(
  database: Database,
  bus: EventBus,
  clock: Clock,
  onEnqueued: () => void,
  consequences?: Consequences,
): UnitOfWork {
  return async (work) => {
    let told: Told[] = [];
    let promised = false;
    const result = await database.transaction(async (tx) => {
      told = [];
      const now = clock.now();
      const jobs: { job: string; data: never; run_at: Date | null; created_at: Date }[] = [];
      const unit: Unit = {
        tx,
        now,
        enqueue: (job, data, runAt) => jobs.push({ job, data: json(data), run_at: runAt ?? null, created_at: now }),
        emit: (name, payload) => told.push({ name, payload } as Told),
      };
      const outcome = await work(unit);
      await consequences?.(unit, told);
      if (jobs.length > 0) await tx.insertInto('outbox').values(jobs).execute();
      promised = jobs.length > 0;
      return outcome;
    });
    for (const { name, payload } of told) bus.publish(name, payload);
    if (promised) onEnqueued();
    return result;
  };
}
