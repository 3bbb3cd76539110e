import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { BroadcastRow } from '../../broadcasts/broadcast-parts.ts';
import { createBroadcast } from '../../broadcasts/create-broadcast.ts';
import { previewBroadcast } from '../../broadcasts/preview-broadcast.ts';
import { listBroadcasts, loadBroadcast, readBroadcast } from '../../broadcasts/read-broadcasts.ts';
import { steerBroadcast } from '../../broadcasts/steer-broadcast.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import type { Register } from '../register.ts';

export function broadcastRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, clock } = context;
  const { db } = database;

  const shown = async (actor: Actor, { id }: { id: string }) => (await loadBroadcast(db, actor, id)).broadcast;

  /** Does it, and puts it on record unless it had been done before. */
  const change = (
    origin: Origin,
    action: string,
    work: (unit: Unit) => Promise<{ row: BroadcastRow; repeated: boolean }>,
  ): Promise<BroadcastRow> =>
    unitOfWork(async (unit) => {
      const { row, repeated } = await work(unit);
      if (!repeated) await recordAudit(unit, origin, { action, target: row.id, after: { state: row.state } });
      return row;
    });

  register(api.previewBroadcast, ({ operator, body }) => previewBroadcast(db, context, operator, body, clock.now()));

  register(api.listBroadcasts, ({ operator, query }) => listBroadcasts(db, operator, query.caseId));

  register(api.createBroadcast, async ({ operator, body, origin }) =>
    shown(
      operator,
      await change(origin, 'broadcast.created', (unit) => createBroadcast(unit, context, operator, body)),
    ),
  );

  register(api.openBroadcast, async ({ operator, params, origin }) => {
    const { detail, protected: isProtected } = await readBroadcast(db, operator, params.id);
    if (isProtected) {
      await unitOfWork((unit) => recordAudit(unit, origin, { action: 'broadcast.read', target: params.id }));
    }
    return detail;
  });

  register(api.steerBroadcast, async ({ operator, params, body: { action }, origin }) =>
    shown(
      operator,
      await change(origin, `broadcast.${done[action]}`, (unit) => steerBroadcast(unit, operator, params.id, action)),
    ),
  );
}

const done = { approve: 'approved', pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const;
