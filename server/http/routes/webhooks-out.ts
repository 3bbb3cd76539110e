import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { listDeliveries, ping, replay } from '../../webhooks-out/deliveries.ts';
import { deleteWebhook, listWebhooks, loadWebhook, renewSecret, saveWebhook } from '../../webhooks-out/endpoints.ts';
import type { Register } from '../register.ts';

export function webhookOutRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, webhooks, webhookSecrets } = context;

  register(api.listWebhooks, () => listWebhooks(database.db));

  register(api.createWebhook, async ({ body, origin }) => {
    const made = await unitOfWork(async (unit) => {
      const after = await saveWebhook(unit, null, body);
      await recordAudit(unit, origin, { action: 'webhook.created', target: after.id, after: body });
      return after;
    });
    await webhooks.refresh();
    return made;
  });

  register(api.saveWebhook, async ({ params, body, origin }) => {
    const saved = await unitOfWork(async (unit) => {
      const { name, url, events, active } = await loadWebhook(unit.tx, params.id);
      const after = await saveWebhook(unit, params.id, body);
      const before = { name, url, events, active };
      await recordAudit(unit, origin, { action: 'webhook.updated', target: params.id, before, after: body });
      return after;
    });
    await webhooks.refresh();
    return saved;
  });

  register(api.deleteWebhook, async ({ params, origin }) => {
    const gone = await unitOfWork(async (unit) => {
      const before = await deleteWebhook(unit, params.id);
      await recordAudit(unit, origin, { action: 'webhook.deleted', target: params.id, before });
      return before;
    });
    await webhooks.refresh();
    return gone;
  });

  register(api.webhookSecret, ({ params, origin }) =>
    unitOfWork(async (unit) => {
      const row = await unit.tx
        .selectFrom('webhook_endpoint')
        .select(['id', 'secret_version'])
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (!row) throw new AppError('not_found');
      await recordAudit(unit, origin, { action: 'webhook.secret_read', target: params.id });
      return { secret: webhookSecrets.of(row) };
    }),
  );

  register(api.renewWebhookSecret, ({ params, origin }) =>
    unitOfWork(async (unit) => {
      const row = await renewSecret(unit, params.id);
      await recordAudit(unit, origin, { action: 'webhook.secret_renewed', target: params.id });
      return { secret: webhookSecrets.of(row) };
    }),
  );

  register(api.pingWebhook, ({ params }) => unitOfWork((unit) => ping(unit, params.id)));

  register(api.listDeliveries, ({ params, query }) => listDeliveries(database.db, params.id, query.state));

  register(api.replayDeliveries, ({ params, body, origin }) =>
    unitOfWork(async (unit) => {
      const count = await replay(unit, params.id, body.deliveryId);
      await recordAudit(unit, origin, { action: 'webhook.replayed', target: params.id, after: { ...body, count } });
      return { count };
    }),
  );
}
