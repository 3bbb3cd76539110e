import type { MetaSettings } from '../../server/contract/messaging.ts';
import { type GraphError, readGraphError } from './graph-error.ts';

export type GraphAnswer = { ok: true; body: unknown } | { ok: false; error: GraphError };

/** Meta's Graph API, as one account of the city sees it. Every call throws when the line or the service is down. */
export interface GraphClient {
  /** @param path below the version, as `/123/media` */
  get(path: string, timeoutMs?: number): Promise<GraphAnswer>;
  post(path: string, body: object): Promise<GraphAnswer>;
  upload(path: string, form: FormData): Promise<GraphAnswer>;
}

// Both together stay below the minute after which another worker would send it again.
const CALL_MS = 15_000;
const UPLOAD_MS = 35_000;

export function createGraphClient({ graphUrl, accessToken }: MetaSettings): GraphClient {
  async function call(path: string, init: RequestInit, timeoutMs: number): Promise<GraphAnswer> {
    const response = await fetch(`${graphUrl}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${accessToken}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, body: JSON.parse(text) };
    return { ok: false, error: readGraphError(response.status, text, response.headers.get('retry-after')) };
  }

  return {
    get: (path, timeoutMs = CALL_MS) => call(path, { method: 'GET' }, timeoutMs),
    post: (path, body) =>
      call(
        path,
        { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        CALL_MS,
      ),
    upload: (path, form) => call(path, { method: 'POST', body: form }, UPLOAD_MS),
  };
}
