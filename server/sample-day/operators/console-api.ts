import { AppError, errorBodySchema } from '../../contract/errors.ts';
import { api, type Route, type RouteInput, type RouteOutput } from '../../contract/routes.ts';

/** The API as the console of one person calls it. */
export interface ConsoleApi {
  /** @throws AppError what the server refused */
  call<R extends Route>(route: R, input?: Partial<RouteInput<R>>): Promise<RouteOutput<R>>;
}

/** @param address where they sit: everybody of a city has their own, and limits count by it */
export async function signIn(url: string, email: string, password: string, address: string): Promise<ConsoleApi> {
  const headers = { 'x-forwarded-for': address };
  const answer = await ask(url, api.signIn, { body: { email, password } }, headers);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  return {
    async call(route, input = {}) {
      const response = await ask(url, route, input, { ...headers, cookie: cookie.join('; ') });
      return (await response.json()) as never;
    },
  };
}

async function ask<R extends Route>(
  url: string,
  route: R,
  { params = {}, query = {}, body }: { params?: unknown; query?: unknown; body?: unknown },
  headers: Record<string, string>,
): Promise<Response> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  );
  const search = new URLSearchParams(query as Record<string, string>);
  const response = await fetch(`${url}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
    method: route.method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return response;
  const refusal = (await response.json()) as { error?: unknown };
  const { code, message } = errorBodySchema.parse(refusal.error);
  throw new AppError(code, undefined, new Error(`${route.method} ${route.path}: ${message}`));
}
