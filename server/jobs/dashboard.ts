import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JobStore } from './job-store.ts';

/**
 * BullMQ's dashboard at `/admin/queues`.
 * @param guard answers whoever may not see it itself: the dashboard's own error handler knows nothing of our errors
 */
export async function addDashboard(
  app: FastifyInstance,
  store: JobStore,
  guard: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
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
    scope.addHook('onSend', async (_request, reply, page) => {
      if (typeof page !== 'string' || !page.startsWith('<!')) return page;
      const policy = String(reply.getHeader('content-security-policy'));
      // Its page names its own base, and asks a font service on the internet that a city's page must not tell.
      reply.header('content-security-policy', policy.replace("base-uri 'none'", "base-uri 'self'"));
      return page.replace(/<link[^>]*fonts\.g[^>]*>/g, '');
    });
    await scope.register(adapter.registerPlugin(), { prefix: '/admin/queues' });
  });
}
