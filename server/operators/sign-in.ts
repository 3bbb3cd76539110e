import { betterAuth } from 'better-auth';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import { AppError } from '../contract/errors.ts';

const SESSION_SECONDS = 12 * 3_600;

/** Sign-in of the console, on better-auth: passwords by scrypt, sessions in the database, an HttpOnly cookie. */
export interface SignIn {
  /**
   * @returns the `set-cookie` headers of the new session
   * @throws AppError `wrong_credentials`
   */
  signIn(email: string, password: string, headers: Headers): Promise<string[]>;
  signOut(headers: Headers): Promise<string[]>;
  /** The operator id of the session that the cookie names, or null. */
  operatorId(headers: Headers): Promise<string | null>;
  hashPassword(password: string): Promise<string>;
}

export function createSignIn(pool: pg.Pool, options: { secret: string; publicUrl: string }): SignIn {
  const auth = betterAuth({
    database: pool,
    secret: options.secret,
    baseURL: options.publicUrl,
    telemetry: { enabled: false },
    // Lines of its own beside our log; refused sign-ins are answered, and counted by the caller.
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      modelName: 'operator',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'auth_session',
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_SECONDS / 4,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: { cookiePrefix: 'linea', database: { generateId: () => uuid() } },
  });

  return {
    async signIn(email, password, headers) {
      try {
        const { headers: answer } = await auth.api.signInEmail({
          body: { email, password },
          headers,
          returnHeaders: true,
        });
        return answer.getSetCookie();
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 401) throw new AppError('wrong_credentials');
        throw error;
      }
    },
    async signOut(headers) {
      const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
      return answer.getSetCookie();
    },
    async operatorId(headers) {
      const session = await auth.api.getSession({ headers });
      return session?.user.id ?? null;
    },
    async hashPassword(password) {
      return (await auth.$context).password.hash(password);
    },
  };
}
