import type { CaseRow } from '../cases/case-row.ts';
import type { WebhookEvent } from '../contract/administration.ts';
import type { StoredMessage } from '../contract/events.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';

/** Something to be told, and what it is about. */
export interface News {
  event: WebhookEvent;
  data: Record<string, unknown>;
  ticketId: string | null;
  caseId: string | null;
}

/*
 * What leaves is ids and states, never what people wrote nor who they are: whoever is allowed to know more asks the
 * API with a key. So nothing has to be called back when somebody's data is erased.
 */

export function presentContact(event: 'contact.opened' | 'contact.closed', row: TicketRow, reopened: boolean): News {
  const data = {
    id: row.id,
    number: row.number,
    channel: row.channel,
    queueId: row.queue_id,
    state: row.state,
    disposition: row.disposition,
    openedAt: row.created_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    ...(event === 'contact.opened' ? { reopened } : {}),
  };
  return { event, data, ticketId: row.id, caseId: null };
}

export function presentCase(row: CaseRow): News {
  const data = {
    id: row.id,
    folio: row.folio,
    serviceId: row.service_id,
    departmentId: row.department_id,
    status: row.status,
    priority: row.priority,
    coloniaId: row.colonia_id,
    openedAt: row.opened_at.toISOString(),
    promisedFor: row.promised_for,
    closedAt: row.closed_at?.toISOString() ?? null,
    version: row.version,
  };
  return { event: row.version === 1 ? 'case.opened' : 'case.changed', data, ticketId: null, caseId: row.id };
}

export function presentMessage({ channel, message }: StoredMessage): News {
  const data = {
    id: message.id,
    conversationId: message.conversationId,
    contactId: message.ticketId,
    seq: message.seq,
    channel,
    author: message.author.type,
    at: message.createdAt,
  };
  const event = message.direction === 'in' ? 'message.received' : 'message.sent';
  return { event, data, ticketId: message.ticketId, caseId: null };
}
