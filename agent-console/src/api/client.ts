import { endpoints } from '../../../server/contract/endpoints.ts';
import type { ErrorBody } from '../../../server/contract/errors.ts';
import type { Api, RouteInput, RouteOutput } from '../../../server/contract/routes.ts';
import { i18n } from '../i18n.ts';
import { ApiFailure } from './failure.ts';
import { learnServerTime } from './server-clock.ts';

export type RouteName = keyof Api;
export type Output<Name extends RouteName> = RouteOutput<Api[Name]>;

type Whole<Name extends RouteName> = RouteInput<Api[Name]>;
/** Of params, query and body only those that the route takes; a part is optional when all in it is. */
type Input<Name extends RouteName> = {
  [Part in keyof Whole<Name> as Record<string, never> extends Whole<Name>[Part] ? never : Part]: Whole<Name>[Part];
} & {
  [Part in keyof Whole<Name> as Record<string, never> extends Whole<Name>[Part] ? Part : never]?: Whole<Name>[Part];
};
type Arguments<Name extends RouteName> =
  Record<string, never> extends Input<Name> ? [input?: Input<Name>] : [input: Input<Name>];

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

function address(path: string, { params = {}, query = {} }: Parts): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return `/api/v1${filled}${search.size ? `?${search}` : ''}`;
}

let onSignedOut: () => void = () => {};
/** Registers what happens when the server no longer knows the session. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

let onSecondStepMissing: () => void = () => {};
/** Registers what happens when a role requires a second step that somebody has not set up. */
export function whenSecondStepIsMissing(handler: () => void): void {
  onSecondStepMissing = handler;
}

/** The refusal in an answer; answers that are not ours (a proxy's page, for instance) count as `unavailable`. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const body = (await response.json().catch(() => null)) as { error?: ErrorBody } | null;
  if (!body?.error) return new ApiFailure('unavailable', i18n.global.t('failure.unavailable'));
  return new ApiFailure(body.error.code, body.error.message, body.error);
}

/**
 * Calls one route of the contract. Resolves to its response, rejects with an `ApiFailure` whose message is a sentence
 * for the reader.
 */
export async function call<Name extends RouteName>(name: Name, ...[input]: Arguments<Name>): Promise<Output<Name>> {
  const { method, path } = endpoints[name];
  const parts = (input ?? {}) as Parts;
  const sentAt = Date.now();
  const response = await fetch(address(path, parts), {
    method,
    headers: {
      'accept-language': i18n.global.locale.value,
      ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
  }).catch(() => {
    throw new ApiFailure('offline', i18n.global.t('failure.offline'));
  });
  learnServerTime(response.headers.get('date'), sentAt, Date.now());
  if (response.ok) return (await response.json()) as Output<Name>;
  const failure = await failureOf(response);
  if (failure.code === 'unauthenticated') onSignedOut();
  if (failure.code === 'second_step_missing') onSecondStepMissing();
  throw failure;
}
