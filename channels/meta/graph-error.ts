import { z } from 'zod';

/** Why the Graph API refused something. */
export interface GraphError {
  /** Of HTTP. */
  status: number;
  /** Meta's; null where something on the way answered in its place. */
  code: number | null;
  subcode: number | null;
  /** Meta's words, in English. */
  message: string;
  /** What it asks us to wait, where it says so. */
  retryAfterSeconds: number | null;
}

/** @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
const errorSchema = z.object({
  error: z.object({
    code: z.number().nullable().catch(null),
    error_subcode: z.coerce.number().nullish().catch(null),
    message: z.string().catch(''),
    error_data: z.object({ details: z.string().nullish() }).nullish().catch(null),
  }),
});

export function readGraphError(status: number, text: string, retryAfter: string | null): GraphError {
  const parsed = errorSchema.safeParse(jsonOf(text));
  const error = parsed.success ? parsed.data.error : null;
  const seconds = Number(retryAfter);
  return {
    status,
    code: error?.code ?? null,
    subcode: error?.error_subcode ?? null,
    message: error?.error_data?.details || error?.message || `HTTP ${status}`,
    retryAfterSeconds: retryAfter && seconds > 0 ? Math.ceil(seconds) : null,
  };
}

/** Proxies on the way answer in HTML. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As people look it up: `131047`, `10/2018278`. */
export function codeOf({ status, code, subcode }: Pick<GraphError, 'status' | 'code' | 'subcode'>): string {
  if (code === null) return `http_${status}`;
  return subcode ? `${code}/${subcode}` : String(code);
}
