import { say } from './words.ts';

const ROOT = '/simulator/api';

/** Whatever the server answers with instead of success, as a sentence. */
export class Refused extends Error {}

/** @throws Refused */
export async function ask<T>(path: string, body?: unknown): Promise<T> {
  return answer(
    fetch(`${ROOT}/${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }),
  );
}

/** @throws Refused */
export async function sendBytes(query: Record<string, string>, file: Blob): Promise<void> {
  await answer(
    fetch(`${ROOT}/files?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: await file.arrayBuffer(),
    }),
  );
}

export const fileUrl = (id: string): string => `${ROOT}/files/${id}`;
export const eventsUrl = `${ROOT}/events`;

async function answer<T>(request: Promise<Response>): Promise<T> {
  const response = await request.catch(() => {
    throw new Refused(say('lost'));
  });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(say('refused', { reason: body?.error?.message ?? response.status }));
  return body as T;
}
