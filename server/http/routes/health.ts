import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createCallMetrics } from '../../calls/call-metrics.ts';
import type { AppContext } from '../../context.ts';
import { countEarlyReports } from '../../delivery/early-reports.ts';
import { oldestJobSeconds } from '../../jobs/oldest-job.ts';
import type { Reconciler } from '../../jobs/reconciler.ts';
import { openFigures } from '../../routing/queue-figures.ts';
import type { HttpApp } from '../http-app.ts';

/** Work that waits longer than this is not being done. */
const OLDEST_JOB_SECONDS = 60;
const RECONCILER_SECONDS = 60;

type Check = { ok: boolean } & Record<string, unknown>;

/** `/healthz`: the process answers. `/readyz`: it can do its work, with every part named. `/metrics`: Prometheus. */
export function healthRoutes(app: HttpApp, context: AppContext, reconciler: Reconciler, draining: () => boolean): void {
  const { database, jobs, channels, clock } = context;
  const hidden = { schema: { hide: true } };
  const started = clock.now();

  app.get('/healthz', hidden, async () => ({ ok: true }));

  app.get('/readyz', hidden, async (_request, reply) => {
    const checks = await look();
    const ok = Object.values(checks).every((check) => check.ok);
    return reply.status(ok ? 200 : 503).send({ ok, checks });
  });

  async function look(): Promise<Record<string, Check>> {
    const [databaseCheck, store, oldest] = await Promise.all([
      attempt(database.ping),
      attempt(jobs.ping),
      oldestJobSeconds(jobs, clock.now()).catch(() => null),
    ]);
    const quiet = (clock.now().getTime() - (reconciler.lastRun() ?? started).getTime()) / 1_000;
    return {
      accepting: { ok: !draining() },
      database: databaseCheck,
      jobs: { ...store, backend: jobs.kind },
      oldestJob: { ok: oldest !== null && oldest <= OLDEST_JOB_SECONDS, seconds: oldest },
      reconciler: { ok: quiet <= RECONCILER_SECONDS, secondsSinceLastRun: Math.round(quiet) },
      ...Object.fromEntries([...channels.keys()].map((name) => [`channel.${name}`, { ok: true }])),
    };
  }

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  const waiting = new Gauge({
    name: 'queue_waiting_tickets',
    help: 'Tickets that wait, by queue',
    labelNames: ['queue'],
    registers: [registry],
  });
  const oldestJob = new Gauge({
    name: 'jobs_oldest_seconds',
    help: 'Age of the oldest job that waits for a worker',
    registers: [registry],
  });
  const earlyReports = new Gauge({
    name: 'delivery_reports_about_nothing_known',
    help: 'Reports of providers about messages that this installation does not know, in the last day',
    registers: [registry],
  });
  const lookAtCalls = createCallMetrics(registry, database.db, clock);
  app.get('/metrics', hidden, async (_request, reply) => {
    for (const queue of openFigures(await context.figures.current()))
      waiting.set({ queue: queue.queueId }, queue.waiting);
    oldestJob.set(await oldestJobSeconds(jobs, clock.now()));
    await lookAtCalls();
    earlyReports.set(await countEarlyReports(database.db));
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

async function attempt(check: () => Promise<void>): Promise<Check> {
  try {
    await check();
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: (error as { code?: string }).code ?? 'unreachable' };
  }
}
