import { createHmac } from 'node:crypto';

/** What deliveries are signed with. Nothing of it is stored: it is made from the installation's secret. */
export interface WebhookSecrets {
  /** `whsec_…`, as libraries for Standard Webhooks take it. */
  of(endpoint: { id: string; secret_version: number }): string;
}

export function createWebhookSecrets(secret: string): WebhookSecrets {
  return {
    of: ({ id, secret_version: version }) =>
      `whsec_${createHmac('sha256', secret).update(`webhook:${id}:${version}`).digest('base64')}`,
  };
}

/**
 * Headers that prove who sent `body`, and when.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
