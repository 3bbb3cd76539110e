import { v7 as uuid } from 'uuid';
import type { WebhookEvent } from '../contract/administration.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Consequences, Told, Unit } from '../database/unit-of-work.ts';
import { type News, presentCase, presentContact, presentMessage } from './payloads.ts';

interface Subscriber {
  id: string;
  events: readonly WebhookEvent[];
}

/** What a transaction tells other programs, promised in that same transaction. */
export interface WebhookPromises {
  promise: Consequences;
  /** Looks again who wants to be told. */
  refresh(): Promise<void>;
}

export function createWebhookPromises(db: Db): WebhookPromises {
  let subscribers: readonly Subscriber[] = [];
  return {
    async refresh() {
      subscribers = await db
        .selectFrom('webhook_endpoint')
        .select(['id', 'events'])
        .where('active', '=', true)
        .execute();
    },
    async promise(unit, told) {
      if (subscribers.length === 0 || told.length === 0) return;
      const wanted = new Set(subscribers.flatMap(({ events }) => events));
      const news = (await newsOf(unit, told)).filter(({ event }) => wanted.has(event));
      const rows = news.flatMap(({ event, data, ticketId, caseId }) =>
        subscribers
          .filter(({ events }) => events.includes(event))
          .map(({ id: endpoint }) => {
            const id = uuid();
            return {
              id,
              endpoint_id: endpoint,
              event,
              body: json({ id, type: event, timestamp: unit.now.toISOString(), data }),
              ticket_id: ticketId,
              case_id: caseId,
              state: 'waiting' as const,
              attempts: 0,
              due_at: unit.now,
              created_at: unit.now,
            };
          }),
      );
      if (rows.length === 0) return;
      await unit.tx.insertInto('webhook_delivery').values(rows).execute();
      for (const { id } of rows) unit.enqueue('webhooks.deliver', { deliveryId: id });
    },
  };
}

/** What is protected is told to nobody. */
async function newsOf(unit: Pick<Unit, 'tx'>, told: readonly Told[]): Promise<News[]> {
  const contacts: { ticketId: string; event: 'contact.opened' | 'contact.closed'; again: boolean }[] = [];
  const cases = new Set<string>();
  const news: News[] = [];
  for (const one of told) {
    if (one.name === 'ticket.events') {
      for (const { event, protected: hidden } of one.payload) {
        if (hidden) continue;
        const { ticketId, type } = event;
        if (type === 'opened') contacts.push({ ticketId, event: 'contact.opened', again: false });
        if (type === 'reopened') contacts.push({ ticketId, event: 'contact.opened', again: true });
        if (type === 'closed') contacts.push({ ticketId, event: 'contact.closed', again: false });
      }
    }
    if (one.name === 'case.changed' && !one.payload.protected) cases.add(one.payload.caseId);
    if (one.name === 'messages.stored') {
      for (const stored of one.payload) if (!stored.protected) news.push(presentMessage(stored));
    }
  }
  if (contacts.length > 0) {
    const ids = contacts.map(({ ticketId }) => ticketId);
    const rows = await unit.tx.selectFrom('ticket').selectAll().where('id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { ticketId, event, again } of contacts) {
      const row = byId.get(ticketId);
      if (row && !row.protected) news.push(presentContact(event, row, again));
    }
  }
  if (cases.size > 0) {
    const rows = await unit.tx
      .selectFrom('service_case')
      .selectAll()
      .where('id', 'in', [...cases])
      .execute();
    for (const row of rows) if (!row.protected) news.push(presentCase(row));
  }
  return news;
}
