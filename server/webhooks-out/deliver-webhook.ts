import type { Selectable } from 'kysely';
import { recordAudit } from '../audit/record-audit.ts';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { VERSION } from '../version.ts';
import { type Posted, post } from './post.ts';
import { signatureHeaders } from './secret.ts';

/** Seconds before each further attempt: a restart of theirs, then a night, then a long weekend. */
export const PAUSES = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400] as const;
/** While one server posts, no other does. */
const LEASE_SECONDS = 60;
/** After so long without one arrival an address is told no more. */
const PATIENCE_SECONDS = 3 * 86_400;

type Parts = Pick<AppContext, 'unitOfWork' | 'config' | 'webhooks' | 'webhookSecrets' | 'log' | 'clock'>;
type Delivery = Selectable<Tables['webhook_delivery']>;
type Endpoint = Selectable<Tables['webhook_endpoint']>;

/** Makes one delivery, should it be due. No transaction stays open while the other side thinks. */
export async function deliverWebhook(parts: Parts, deliveryId: string): Promise<void> {
  const { unitOfWork, config, webhookSecrets, clock } = parts;
  const claimed = await unitOfWork((unit) => claim(unit, deliveryId));
  if (!claimed) return;
  const { delivery, endpoint } = claimed;
  const body = JSON.stringify(delivery.body);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': `Linea-Ciudadana/${VERSION}`,
    ...signatureHeaders(webhookSecrets.of(endpoint), delivery.id, clock.now(), body),
  };
  const began = performance.now();
  const posted = await post(endpoint.url, body, headers, { mayBePrivate: config.WEBHOOKS_TO_PRIVATE_ADDRESSES });
  const tookMs = Math.round(performance.now() - began);
  const stopped = await unitOfWork((unit) => record(unit, delivery, posted, tookMs));
  if (!stopped) return;
  parts.log.warn({ webhook: endpoint.id }, 'an address that nothing reached for days is told no more');
  await parts.webhooks.refresh();
}

async function claim(unit: Unit, id: string): Promise<{ delivery: Delivery; endpoint: Endpoint } | null> {
  const delivery = await unit.tx
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', unit.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!delivery) return null;
  const endpoint = await unit.tx
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', delivery.endpoint_id)
    .executeTakeFirstOrThrow();
  const set = (change: Partial<Delivery>) =>
    unit.tx
      .updateTable('webhook_delivery')
      .set(change as never)
      .where('id', '=', id)
      .execute();
  if (await isProtected(unit, delivery)) {
    await set({ state: 'withheld', finished_at: unit.now, due_at: null });
    return null;
  }
  if (!endpoint.active && delivery.event !== 'ping') {
    await set({ state: 'failed', fault: 'stopped', finished_at: unit.now, due_at: null });
    return null;
  }
  await set({ attempts: delivery.attempts + 1, due_at: addSeconds(unit.now, LEASE_SECONDS) });
  return { delivery: { ...delivery, attempts: delivery.attempts + 1 }, endpoint };
}

/** It may have become so after it was promised. */
async function isProtected(unit: Unit, { ticket_id: ticketId, case_id: caseId }: Delivery): Promise<boolean> {
  if (ticketId) {
    const row = await unit.tx.selectFrom('ticket').select('protected').where('id', '=', ticketId).executeTakeFirst();
    if (row?.protected) return true;
  }
  if (!caseId) return false;
  const row = await unit.tx.selectFrom('service_case').select('protected').where('id', '=', caseId).executeTakeFirst();
  return row?.protected ?? false;
}

/** @returns whether the address was given up */
async function record(unit: Unit, delivery: Delivery, posted: Posted, tookMs: number): Promise<boolean> {
  const arrived = 'status' in posted && posted.status >= 200 && posted.status < 300;
  const pause = delivery.event === 'ping' ? undefined : PAUSES[delivery.attempts - 1];
  const dueAt = arrived || pause === undefined ? null : addSeconds(unit.now, pause);
  const told = 'status' in posted ? { ...posted, fault: null } : { status: null, response: null, fault: posted.fault };
  await unit.tx
    .updateTable('webhook_delivery')
    .set({
      ...told,
      took_ms: tookMs,
      state: arrived ? 'delivered' : dueAt ? 'waiting' : 'failed',
      due_at: dueAt,
      finished_at: dueAt ? null : unit.now,
    })
    .where('id', '=', delivery.id)
    .execute();
  if (dueAt) unit.enqueue('webhooks.deliver', { deliveryId: delivery.id }, dueAt);
  return settleEndpoint(unit, delivery.endpoint_id, arrived);
}

async function settleEndpoint(unit: Unit, id: string, arrived: boolean): Promise<boolean> {
  const endpoint = await unit.tx
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const failingSince = arrived ? null : (endpoint.failing_since ?? unit.now);
  const givenUp = endpoint.active && failingSince !== null && failingSince <= addSeconds(unit.now, -PATIENCE_SECONDS);
  await unit.tx
    .updateTable('webhook_endpoint')
    .set({ failing_since: failingSince, ...(givenUp ? { active: false, stopped_by: 'failures' } : {}) })
    .where('id', '=', id)
    .execute();
  if (givenUp) {
    await recordAudit(
      unit,
      { actor: null, address: null, requestId: null },
      { action: 'webhook.stopped', target: id, before: { active: true }, after: { active: false, failingSince } },
    );
  }
  return givenUp;
}
