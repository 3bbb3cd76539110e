import { z } from 'zod';
import type { OAuthCredentials } from '../../../server/contract/email.ts';

/** Access tokens of one account, as its mail servers take them. */
export interface AccessTokens {
  /**
   * A token that is good for a while.
   * @throws TokenError when there is none to be had
   */
  get(): Promise<string>;
  /** The last one was not accepted: the next is a new one. */
  drop(): void;
}

export class TokenError extends Error {
  /** The error code of RFC 6749, 5.2: somebody has to allow it again. Null: the server is away, later may be better. */
  readonly refusal: string | null;

  constructor(message: string, refusal: string | null, cause?: unknown) {
    super(message, { cause });
    this.name = 'TokenError';
    this.refusal = refusal;
  }
}

/** A token is not used in its last minute, or in the last tenth of a short life. */
const MARGIN_MS = 60_000;
/** What a server means that does not say how long its token lives (RFC 6749, 5.1). */
const DEFAULT_SECONDS = 300;
const TIMEOUT_MS = 15_000;

const answerSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  expires_in: z.coerce.number().positive().catch(DEFAULT_SECONDS),
  refresh_token: z.string().min(1).optional(),
});
const refusalSchema = z.object({ error: z.string().max(200), error_description: z.string().max(1_000).optional() });

/** Gets tokens by the refresh token (RFC 6749, 6), or as the client itself where there is none (4.4). */
export function createAccessTokens(credentials: OAuthCredentials, now: () => number = Date.now): AccessTokens {
  let refreshToken = credentials.refreshToken;
  let current: { token: string; until: number } | null = null;
  let renewal: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const askedAt = now();
    const answer = await ask(credentials, refreshToken);
    const lifeMs = answer.expires_in * 1_000;
    current = { token: answer.access_token, until: askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) };
    // Some servers give a new one each time, and take back the old.
    refreshToken = answer.refresh_token ?? refreshToken;
    return answer.access_token;
  }

  return {
    async get() {
      if (current && now() < current.until) return current.token;
      renewal ??= renew().finally(() => {
        renewal = null;
      });
      return renewal;
    },
    drop() {
      current = null;
    },
  };
}

async function ask(credentials: OAuthCredentials, refreshToken: string | null): Promise<z.output<typeof answerSchema>> {
  const { tokenUrl, clientId, clientSecret, scope } = credentials;
  const fields = {
    ...(refreshToken
      ? { grant_type: 'refresh_token', refresh_token: refreshToken }
      : { grant_type: 'client_credentials' }),
    client_id: clientId,
    ...(clientSecret ? { client_secret: clientSecret } : {}),
    ...(scope ? { scope } : {}),
  };
  const response = await post(tokenUrl, fields);
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const answer = answerSchema.safeParse(body);
    if (answer.success) return answer.data;
    throw new TokenError(`${tokenUrl} answered without a token`, null);
  }
  const refusal = refusalSchema.safeParse(body);
  // 429 and 5xx pass.
  if (response.status >= 500 || response.status === 429 || !refusal.success) {
    throw new TokenError(`${tokenUrl} answered ${response.status}`, null);
  }
  const { error, error_description: more } = refusal.data;
  throw new TokenError(more ? `${error}: ${more}` : error, error);
}

async function post(url: string, fields: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    throw new TokenError(`${url}: ${cause?.code ?? message}`, null, error);
  }
}
