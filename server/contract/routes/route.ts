import { z } from 'zod';
import type { Endpoint } from '../endpoints.ts';
import type { Permission } from '../permissions.ts';
import { slugSchema } from '../slug.ts';

/** One route of `/api/v1`, with who may call it. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> extends Endpoint {
  tag: string;
  summary: string;
  /** What somebody must be allowed to call it; `public`: anybody may, `signed-in`: everybody of the console. */
  access: 'public' | 'signed-in' | Permission;
  /** Open as well to somebody who still has to set up the second step that their role requires. */
  beforeSecondStep?: true;
  /** Calls a minute of one address, where fewer than of the others will do. */
  perMinute?: number;
  params: Params;
  query: Query;
  body: Body;
  response: Response;
}

const none = z.object({}).strict();
type None = typeof none;

/** A route with its parameters, query and body; what it does not name it does not take. */
export function route<
  R extends z.ZodType,
  P extends z.ZodType = None,
  Q extends z.ZodType = None,
  B extends z.ZodType = None,
>(
  definition: Omit<Route<P, Q, B, R>, 'params' | 'query' | 'body'> & { params?: P; query?: Q; body?: B },
): Route<P, Q, B, R> {
  return { params: none as never, query: none as never, body: none as never, ...definition };
}

export const done = z.object({ ok: z.literal(true) });
export const byId = z.object({ id: z.uuid() });
export const byOperatorId = z.object({ id: z.string().min(1).max(60) });
export const byQueueId = z.object({ id: slugSchema });
export const byArticleId = z.object({ id: slugSchema });
