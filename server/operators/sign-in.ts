import { betterAuth } from 'better-auth';
import type pg from 'pg';
import { AppError } from '../contract/errors.ts';
import { type AuthSettings, authOptions, OIDC } from './auth-options.ts';

/** Sign-in of the console, on better-auth: passwords by scrypt, sessions in the database, an HttpOnly cookie. */
export interface SignIn {
  /**
   * @returns the `set-cookie` headers of the new session, or, where a code is still to come, of what waits for it
   * @throws AppError `wrong_credentials`
   */
  signIn(email: string, password: string, headers: Headers): Promise<{ cookies: string[]; needsCode: boolean }>;
  /**
   * The second step: a code of the authenticator, or one of those kept for the day it is lost.
   * @throws AppError `wrong_code`
   */
  enterCode(code: string, headers: Headers): Promise<{ cookies: string[]; operatorId: string }>;
  signOut(headers: Headers): Promise<string[]>;
  /** The operator id of the session that the cookie names, or null. */
  operatorId(headers: Headers): Promise<string | null>;
  /** The session itself, by its id in the database. */
  sessionId(headers: Headers): Promise<string | null>;
  hashPassword(password: string): Promise<string>;
  /**
   * Begins the second step: it counts once a code has been confirmed.
   * @returns what an authenticator reads, and codes for the day it is lost
   * @throws AppError `wrong_credentials`, `already_exists`
   */
  beginTwoFactor(password: string, headers: Headers): Promise<{ uri: string; recoveryCodes: string[] }>;
  /** @throws AppError `wrong_code` */
  confirmTwoFactor(code: string, headers: Headers): Promise<string[]>;
  /** @throws AppError `wrong_credentials` */
  endTwoFactor(password: string, headers: Headers): Promise<string[]>;
  /** Whether people may sign in at the city's own provider (OpenID Connect). */
  readonly withProvider: boolean;
  /** @returns where to send the browser, and what it must bring back */
  goToProvider(headers: Headers, back: { to: string; failed: string }): Promise<{ url: string; cookies: string[] }>;
  /** What the provider sent the browser back with. */
  comeBack(request: Request): Promise<Response>;
}

/** Refusals of better-auth that are about a code. */
const isRefusal = (error: unknown): boolean => {
  const status = (error as { statusCode?: number }).statusCode;
  return status === 400 || status === 401 || status === 403 || status === 429;
};

async function orRefuse<T>(work: Promise<T>, code: 'wrong_credentials' | 'wrong_code'): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isRefusal(error) ? new AppError(code, undefined, error) : error;
  }
}

export function createSignIn(pool: pg.Pool, settings: AuthSettings): SignIn {
  const auth = betterAuth(authOptions(pool, settings));

  async function confirm(code: string, headers: Headers) {
    const given = { headers, returnHeaders: true as const };
    const bare = code.replace(/\s/g, '');
    const answer = /^\d{6}$/.test(bare)
      ? await orRefuse(auth.api.verifyTOTP({ ...given, body: { code: bare } }), 'wrong_code')
      : await orRefuse(auth.api.verifyBackupCode({ ...given, body: { code: bare } }), 'wrong_code');
    return { cookies: answer.headers.getSetCookie(), operatorId: answer.response.user.id };
  }

  return {
    withProvider: settings.oidc !== null,
    async signIn(email, password, headers) {
      try {
        const { headers: answer, response } = await auth.api.signInEmail({
          body: { email, password },
          headers,
          returnHeaders: true,
        });
        return { cookies: answer.getSetCookie(), needsCode: 'twoFactorRedirect' in response };
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 401) throw new AppError('wrong_credentials');
        throw error;
      }
    },
    enterCode: confirm,
    async signOut(headers) {
      const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
      return answer.getSetCookie();
    },
    async operatorId(headers) {
      const session = await auth.api.getSession({ headers });
      return session?.user.id ?? null;
    },
    async sessionId(headers) {
      const session = await auth.api.getSession({ headers });
      return session?.session.id ?? null;
    },
    async hashPassword(password) {
      return (await auth.$context).password.hash(password);
    },
    async beginTwoFactor(password, headers) {
      const answer = await orRefuse(
        auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers }),
        'wrong_credentials',
      );
      if (!('totpURI' in answer)) throw new AppError('internal');
      return { uri: answer.totpURI, recoveryCodes: answer.backupCodes };
    },
    confirmTwoFactor: async (code, headers) => (await confirm(code, headers)).cookies,
    async endTwoFactor(password, headers) {
      const work = auth.api.disableTwoFactor({ body: { password }, headers, returnHeaders: true });
      return (await orRefuse(work, 'wrong_credentials')).headers.getSetCookie();
    },
    async goToProvider(headers, { to, failed }) {
      const { response, headers: answer } = await auth.api.signInSocial({
        body: { provider: OIDC, callbackURL: to, errorCallbackURL: failed },
        headers,
        returnHeaders: true,
      });
      if (!response.url) throw new AppError('unavailable');
      return { url: response.url, cookies: answer.getSetCookie() };
    },
    comeBack: (request) => auth.handler(request),
  };
}
