import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findKeyHolder, keyIn } from '../administration/api-keys.ts';
import { scopeOf } from '../administration/scope-of-route.ts';
import type { Origin } from '../audit/record-audit.ts';
import type { AppContext } from '../context.ts';
import { AppError, errorBodySchema } from '../contract/errors.ts';
import type { Me } from '../contract/http.ts';
import { may } from '../contract/permissions.ts';
import type { Route } from '../contract/routes.ts';
import { headersOf, signedIn } from '../operators/signed-in.ts';
import type { HttpApp } from './http-app.ts';

export interface Call<R extends Route> {
  params: z.output<R['params']>;
  query: z.output<R['query']>;
  body: z.output<R['body']>;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Who is behind it, for the audit log. */
  origin: Origin;
}

/** A call by somebody signed in. */
export interface SignedInCall<R extends Route> extends Call<R> {
  operator: Me;
}

export type Handler<R extends Route> = (
  call: R['access'] extends 'public' ? Call<R> : SignedInCall<R>,
) => Promise<z.output<R['response']>>;

export type Register = <R extends Route>(route: R, handler: Handler<R>) => void;

const refusal = z.object({ error: errorBodySchema });

/** Adds a route of the contract to the server: access, validation and description come from its definition. */
export function createRegister(app: HttpApp, context: AppContext): Register {
  const callers = new WeakMap<FastifyRequest, Me>();
  return (route, handler) => {
    const { access } = route;
    const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
    app.route({
      method: route.method,
      url: `/api/v1${route.path}`,
      ...(route.perMinute ? { config: { rateLimit: { max: route.perMinute, timeWindow: 60_000 } } } : {}),
      schema: {
        tags: [route.tag],
        summary: route.summary,
        params: route.params,
        querystring: route.query,
        ...(hasBody && Object.keys((route.body as z.ZodObject).shape ?? { any: true }).length > 0
          ? { body: route.body }
          : {}),
        response: { 200: route.response, '4xx': refusal },
        ...(route.access === 'public' ? {} : { security: securityOf(route) }),
      },
      // Before the body is read: a stranger learns nothing of what a route takes.
      ...(access === 'public'
        ? {}
        : { onRequest: async (request) => void callers.set(request, await mayCall(context, route, request)) }),
      handler: async (request, reply) => {
        const operator = callers.get(request) ?? null;
        const call = {
          params: request.params,
          query: request.query,
          body: request.body ?? {},
          request,
          reply,
          operator,
          origin: {
            actor: operator ? { id: operator.id, name: operator.name } : null,
            address: request.ip,
            requestId: request.id,
          },
        };
        return handler(call as Parameters<typeof handler>[0]);
      },
    });
  };
}

/** What proves who calls: a session, or a key that is allowed so much. */
function securityOf(route: Route): Record<string, string[]>[] {
  const scope = scopeOf(route);
  return [{ session: [] }, ...(scope ? [{ key: [scope] }] : [])];
}

/** @throws AppError `invalid_api_key`, `forbidden` for what is for people only, `scope_missing` */
async function mustOpen({ database, clock }: AppContext, key: string, route: Route): Promise<Me> {
  const holder = await findKeyHolder(database.db, key, clock.now());
  if (!holder) throw new AppError('invalid_api_key');
  const scope = scopeOf(route);
  if (!scope) throw new AppError('forbidden');
  if (!holder.scopes.has(scope)) throw new AppError('scope_missing', { scope });
  return holder.operator;
}

/** @throws AppError `unauthenticated`, `forbidden`, `second_step_missing`, and what `mustOpen` throws */
async function mayCall(context: AppContext, route: Route, request: FastifyRequest): Promise<Me> {
  const key = keyIn(request.headers.authorization);
  if (key) return mustOpen(context, key, route);
  const { access, beforeSecondStep = false } = route;
  const operator = await signedIn(context, headersOf(request), { beforeSecondStep });
  if (!operator) throw new AppError('unauthenticated');
  if (access !== 'signed-in' && access !== 'public' && !may(operator, access)) throw new AppError('forbidden');
  return operator;
}
