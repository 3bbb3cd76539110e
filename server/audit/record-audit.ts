import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Who is behind a change, for the log. */
export interface Origin {
  actor: { id: string; name: string } | null;
  address: string | null;
  requestId: string | null;
}

/** Writes a change beside itself, in the same transaction. `action` is `noun.verb`; secrets never get here. */
export async function recordAudit(
  unit: Unit,
  origin: Origin,
  entry: { action: string; target: string | null; before?: unknown; after?: unknown },
): Promise<void> {
  await unit.tx
    .insertInto('audit_log')
    .values({
      at: unit.now,
      actor_id: origin.actor?.id ?? null,
      actor_name: origin.actor?.name ?? null,
      action: entry.action,
      target: entry.target,
      before: entry.before === undefined ? null : json(entry.before),
      after: entry.after === undefined ? null : json(entry.after),
      address: origin.address,
      request_id: origin.requestId,
    })
    .execute();
}
