import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { Queue } from '../../contract/http.ts';
import { may } from '../../contract/permissions.ts';
import { api } from '../../contract/routes.ts';
import { openOverflow } from '../../routing/overflow.ts';
import { openFigures } from '../../routing/queue-figures.ts';
import { createQueue, deleteQueue, loadQueues, saveQueue } from '../../routing/queues.ts';
import type { Register } from '../register.ts';

export function queueRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, openings, figures } = context;

  async function one(id: string): Promise<Queue> {
    openings.refresh();
    const queue = (await loadQueues(database.db, openings)).find((candidate) => candidate.id === id);
    if (!queue) throw new AppError('not_found');
    return queue;
  }

  register(api.listQueues, () => loadQueues(database.db, openings));

  register(api.queueFigures, async ({ operator }) => {
    const current = await figures.current();
    const all = operator.protectedGrant ? current : openFigures(current);
    return may(operator, 'contacts.all') ? all : all.filter((queue) => operator.queueIds.includes(queue.queueId));
  });

  register(api.createQueue, async ({ body, origin }) => {
    await unitOfWork(async (unit) => {
      await createQueue(unit, body);
      await recordAudit(unit, origin, { action: 'queue.created', target: body.id, after: body });
    });
    return one(body.id);
  });

  register(api.saveQueue, async ({ params, body, origin }) => {
    const before = await one(params.id);
    await unitOfWork(async (unit) => {
      await saveQueue(unit, params.id, body);
      await recordAudit(unit, origin, { action: 'queue.updated', target: params.id, before, after: body });
    });
    return one(params.id);
  });

  register(api.openOverflow, async ({ params, body, origin }) => {
    const { overflowUntil: before } = await one(params.id);
    await unitOfWork(async (unit) => {
      const after = await openOverflow(unit, params.id, body.seconds);
      await recordAudit(unit, origin, {
        action: after ? 'overflow.opened' : 'overflow.closed',
        target: params.id,
        before: { overflowUntil: before },
        after: { overflowUntil: after },
      });
    });
    return one(params.id);
  });

  register(api.deleteQueue, async ({ params, origin }) => {
    const before = await one(params.id);
    const moved = await unitOfWork(async (unit) => {
      const count = await deleteQueue(unit, params.id);
      await recordAudit(unit, origin, { action: 'queue.deleted', target: params.id, before, after: { moved: count } });
      return count;
    });
    return { moved };
  });
}
