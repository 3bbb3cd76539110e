import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JobStore } from './job-store.ts';

/**
 * BullMQ's dashboard at `/admin/queues`.
 * @param guard throws for whoever may not see it
 */
export async function addDashboard(
  app: FastifyInstance,
  store: JobStore,
  guard: (request: FastifyRequest) => Promise<void>,
): Promise<void> {
  const adapter = new FastifyAdapter();
  adapter.setBasePath('/admin/queues');
  createBullBoard({
    queues: [...store.queues.values()].map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Línea Ciudadana' } },
  });
  await app.register(async (scope) => {
    scope.addHook('onRequest', guard);
    await scope.register(adapter.registerPlugin(), { prefix: '/admin/queues' });
  });
}
