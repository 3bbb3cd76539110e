import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface OAuthServer {
  tokenUrl: string;
  introspectionUrl: string;
  /** What was asked of `tokenUrl`, as form fields. */
  asked: Record<string, string>[];
  /** The refresh token that it takes. */
  refreshToken: string;
  /** Gives a new refresh token with every answer, and takes no older one. */
  rotates: boolean;
  /** Answers so, instead of with a token. */
  trouble: { status: number; body: unknown } | null;
  isActive(token: string): boolean;
  /** Tokens given so far are no longer good. */
  revokeAll(): void;
  stop(): Promise<void>;
}

/** An OAuth2 server for one account: gives access tokens (RFC 6749) and tells about them (RFC 7662). */
export async function startOAuthServer(account: string): Promise<OAuthServer> {
  const active = new Set<string>();
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const fields = Object.fromEntries(new URLSearchParams(await text(request)));
    if (request.url !== '/token') {
      return { status: 200, body: { active: active.has(fields.token ?? ''), username: account } };
    }
    oauth.asked.push(fields);
    if (oauth.trouble) return oauth.trouble;
    if (fields.grant_type === 'refresh_token' && fields.refresh_token !== oauth.refreshToken) {
      return { status: 400, body: { error: 'invalid_grant', error_description: 'The refresh token was revoked' } };
    }
    if (oauth.rotates) oauth.refreshToken = randomUUID();
    const token = randomUUID();
    active.add(token);
    const refreshed = oauth.rotates ? { refresh_token: oauth.refreshToken } : {};
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 3_600, ...refreshed } };
  }

  const oauth: OAuthServer = {
    tokenUrl: '',
    introspectionUrl: '',
    asked: [],
    refreshToken: 'first',
    rotates: false,
    trouble: null,
    isActive: (token) => active.has(token),
    revokeAll: () => active.clear(),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  oauth.tokenUrl = `${origin}/token`;
  oauth.introspectionUrl = `${origin}/introspect`;
  return oauth;
}
