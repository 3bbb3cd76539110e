import type { ErrorBody } from '../../server/contract/errors.ts';
import type { Route, RouteInput, RouteOutput } from '../../server/contract/routes.ts';

export type Input<R extends Route> = Partial<RouteInput<R>>;

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface ApiCaller {
  /** The route's answer. Throws with the refusal when there is one. */
  call<R extends Route>(route: R, input?: Input<R>): Promise<RouteOutput<R>>;
  /** The refusal. Throws when there is none. */
  refused<R extends Route>(route: R, input?: Input<R>): Promise<ErrorBody & { status: number }>;
}

/** Calls the API over HTTP as somebody with these headers. */
export function createApiCaller(url: string, headers: Record<string, string>): ApiCaller {
  return {
    async call(route, input) {
      const answer = await callApi(url, route, input, headers);
      if (answer.status !== 200) {
        throw new Error(`${route.method} ${route.path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      return answer.body as never;
    },
    async refused(route, input) {
      const answer = await callApi(url, route, input, headers);
      if (answer.status < 400) {
        throw new Error(`${route.method} ${route.path} was accepted: ${JSON.stringify(answer.body)}`);
      }
      return { status: answer.status, ...(answer.body as { error: ErrorBody }).error };
    },
  };
}

/** One request to a route of the contract. */
export async function callApi<R extends Route>(
  url: string,
  route: R,
  input: Input<R> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { params = {}, query = {}, body } = input as { params?: object; query?: object; body?: unknown };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
  );
  const answer = await fetch(`${url}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
    method: route.method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: isJson(answer) ? JSON.parse(text) : text };
}

const isJson = (answer: Response) => answer.headers.get('content-type')?.startsWith('application/json') ?? false;
