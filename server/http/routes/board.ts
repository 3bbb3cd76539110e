import { recordAudit } from '../../audit/record-audit.ts';
import { endAnnouncement, putUpAnnouncement } from '../../board/announcements/announcements.ts';
import { moveWaiting } from '../../board/moves/move-waiting.ts';
import { undoMove } from '../../board/moves/undo-move.ts';
import { loadLimits, saveLimits } from '../../board/queue-limits.ts';
import type { AppContext } from '../../context.ts';
import type { LimitsOfQueue, QueueLimits } from '../../contract/board.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { loadOperator, loadOperators } from '../../operators/load-people.ts';
import { updateOperator } from '../../operators/people.ts';
import { loadPresences } from '../../routing/presence.ts';
import type { Register } from '../register.ts';

export function boardRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, board, say } = context;

  register(api.board, async ({ operator: caller }) => {
    const [state, operators, presences] = await Promise.all([
      board.current(),
      loadOperators(database.db),
      loadPresences(database.db),
    ]);
    const byId = new Map(presences.map((presence) => [presence.operatorId, presence]));
    return {
      ...(caller.protectedGrant ? state.granted : state.open),
      operators: operators.flatMap(({ id, name, role, queueIds, disabled, attends }) => {
        const presence = byId.get(id);
        return presence && !disabled && attends ? [{ operator: { id, name, role, queueIds }, presence }] : [];
      }),
    };
  });

  async function limitsOf(queueId: string): Promise<LimitsOfQueue> {
    const found = (await loadLimits(database.db)).find((each) => each.queueId === queueId);
    if (!found) throw new AppError('not_found');
    return { queueId, limits: found.limits, usual: found.usual };
  }

  async function setLimits(queueId: string, limits: QueueLimits | null, origin: Parameters<typeof recordAudit>[1]) {
    const before = await limitsOf(queueId);
    await unitOfWork(async (unit) => {
      await saveLimits(unit, queueId, limits);
      await recordAudit(unit, origin, {
        action: 'limits.updated',
        target: queueId,
        before: before.limits,
        after: limits ?? 'usual',
      });
    });
    board.refresh();
    return limitsOf(queueId);
  }

  register(api.saveLimits, ({ params, body, origin }) => setLimits(params.id, body, origin));
  register(api.resetLimits, ({ params, origin }) => setLimits(params.id, null, origin));

  register(api.moveWaiting, async ({ body, operator, origin }) =>
    unitOfWork(async (unit) => {
      const move = await moveWaiting(unit, say, operator, body);
      await recordAudit(unit, origin, { action: 'waiting.moved', target: move.id, after: { ...body, ...move } });
      return move;
    }),
  );

  register(api.undoMove, async ({ params, operator, origin }) =>
    unitOfWork(async (unit) => {
      const move = await undoMove(unit, say, operator, params.id);
      await recordAudit(unit, origin, { action: 'waiting.moved_back', target: params.id, after: move });
      return move;
    }),
  );

  register(api.setOperatorQueues, async ({ params, body, origin }) =>
    unitOfWork(async (unit) => {
      const before = await loadOperator(unit.tx, params.id);
      if (before.disabled || !before.attends) throw new AppError('not_found');
      const { queueIds, skillIds } = body;
      const change = skillIds ? { queueIds, skillIds } : { queueIds };
      const after = await updateOperator(unit, say, params.id, change, null);
      await recordAudit(unit, origin, {
        action: 'operator.queues_changed',
        target: params.id,
        before: { queueIds: before.queueIds, skillIds: before.skillIds },
        after: { queueIds: after.queueIds, skillIds: after.skillIds },
      });
      return after;
    }),
  );

  register(api.putUpAnnouncement, async ({ body, operator, origin }) =>
    unitOfWork(async (unit) => {
      const announcement = await putUpAnnouncement(unit, operator, body);
      await recordAudit(unit, origin, {
        action: 'announcement.put_up',
        target: announcement.id,
        after: announcement,
      });
      return announcement;
    }),
  );

  register(api.endAnnouncement, async ({ params, origin }) =>
    unitOfWork(async (unit) => {
      const announcement = await endAnnouncement(unit, params.id);
      await recordAudit(unit, origin, { action: 'announcement.ended', target: params.id, before: announcement });
      return announcement;
    }),
  );
}
