import type { WebhookEvent } from '../contract/administration.ts';

export interface News {
  event: WebhookEvent;
  data: Record<string, unknown>;
  ticketId: string | null;
  caseId: string | null;
}
