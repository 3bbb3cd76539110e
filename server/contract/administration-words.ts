// Free of schemas, so that a browser can load it alone.

/** What a key may open; each is read or written apart. Settings, people and sign-in are for people only. */
export const scopeResources = [
  'cases',
  'citizens',
  'tickets',
  'content',
  'broadcasts',
  'queues',
  'figures',
  'channels',
] as const;
export type ScopeResource = (typeof scopeResources)[number];
export type Scope = `${ScopeResource}:${'read' | 'write'}`;

/** What other programs can be told. */
export const webhookEvents = [
  'contact.opened',
  'contact.closed',
  'case.opened',
  'case.changed',
  'message.received',
  'message.sent',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
