import type { BetterAuthOptions } from 'better-auth';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';

const SESSION_SECONDS = 12 * 3_600;
/** The city's provider, among better-auth's. */
export const OIDC = 'oidc';

export interface AuthSettings {
  secret: string;
  publicUrl: string;
  /** How an authenticator calls its entry. */
  issuer: string;
  /** The city's own provider of sign-ins (OpenID Connect); null: there is none. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | null;
}

/** How better-auth finds its way in our tables, and what it may do. */
export function authOptions(pool: pg.Pool, { secret, publicUrl, issuer, oidc }: AuthSettings) {
  return {
    database: pool,
    secret,
    baseURL: publicUrl,
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
      // Whoever the city's provider vouches for is the person of that address here; nobody else is let in.
      accountLinking: { enabled: true, trustedProviders: [OIDC] },
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
    plugins: [
      twoFactor({
        issuer,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      genericOAuth({
        config: oidc
          ? [
              {
                providerId: OIDC,
                discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                clientId: oidc.clientId,
                clientSecret: oidc.clientSecret,
                scopes: ['openid', 'email', 'profile'],
                pkce: true,
                disableSignUp: true,
              },
            ]
          : [],
      }),
    ],
  } satisfies BetterAuthOptions;
}
