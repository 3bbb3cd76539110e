import type { z } from 'zod';
import { mustSeeCase } from '../cases/case-access.ts';
import { lockCase } from '../cases/change-case.ts';
import type { BroadcastState, steerBroadcastSchema } from '../contract/broadcast.ts';
import { AppError } from '../contract/errors.ts';
import { may } from '../contract/permissions.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';
import type { BroadcastRow } from './broadcast-parts.ts';
import { begin } from './create-broadcast.ts';

type Action = z.output<typeof steerBroadcastSchema>['action'];

const steps: Record<Action, { from: readonly BroadcastState[]; to: BroadcastState }> = {
  approve: { from: ['awaiting_approval'], to: 'sending' },
  pause: { from: ['sending'], to: 'paused' },
  resume: { from: ['paused'], to: 'sending' },
  cancel: { from: ['awaiting_approval', 'sending', 'paused'], to: 'cancelled' },
};

/**
 * Approves, pauses, resumes or cancels a notice. What was asked for before changes nothing; what is not said by then is
 * not said.
 * @throws AppError `not_found`, `forbidden` and `own_approval` for who may not approve, `wrong_broadcast_step`
 */
export async function steerBroadcast(
  unit: Unit,
  actor: Actor,
  id: string,
  action: Action,
): Promise<{ row: BroadcastRow; repeated: boolean }> {
  const { tx, now } = unit;
  const row = await tx.selectFrom('broadcast').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  const found = await lockCase(unit, row.case_id);
  mustSeeCase(actor, found);
  if (action === 'approve') mustApprove(actor, row);
  const { from, to } = steps[action];
  if (row.state === to) return { row, repeated: true };
  if (!from.includes(row.state)) throw new AppError('wrong_broadcast_step', { from: row.state, to });

  const steered = await tx
    .updateTable('broadcast')
    .set({
      state: to,
      version: row.version + 1,
      went_on_at: now,
      ...(action === 'approve' ? { approved_by: actor.id, approved_by_name: actor.name } : {}),
      ...(action === 'cancel' ? { finished_at: now } : {}),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (action === 'approve') await begin(unit, steered, found);
  if (action === 'resume') unit.enqueue('outbound.broadcast', { broadcastId: id, version: steered.version });
  if (action === 'cancel') {
    await tx
      .updateTable('broadcast_recipient')
      .set({ done_at: now, reason: 'cancelled' })
      .where('broadcast_id', '=', id)
      .where('done_at', 'is', null)
      .execute();
  }
  unit.emit('broadcast.changed', { broadcastId: id });
  return { row: steered, repeated: false };
}

function mustApprove(actor: Actor, row: BroadcastRow): void {
  if (!may(actor, 'broadcasts.approve')) throw new AppError('forbidden');
  if (row.created_by === actor.id) throw new AppError('own_approval');
}
