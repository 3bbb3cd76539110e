import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface OidcProvider {
  issuer: string;
  client: { id: string; secret: string };
  /** Who signs in next, by e-mail. */
  person: { email: string };
  /** Where the browser may be sent back to. */
  allow(redirectUri: string): void;
  close(): Promise<void>;
}

/** A provider of sign-ins as a city has one: real, on this machine, at which whoever comes is `person`. */
export async function startOidcProvider(): Promise<OidcProvider> {
  const person = { email: '' };
  const client = { id: 'linea', secret: 'a secret between the two' };
  const redirectUris = ['http://127.0.0.1/set-later'];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const make = () =>
    new Provider(issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: redirectUris,
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['only for tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: id, email_verified: true, name: id }),
      }),
      async loadExistingGrant(context) {
        const grant = new context.oidc.provider.Grant({
          clientId: context.oidc.client?.clientId ?? '',
          accountId: context.oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
  let provider = make();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      const result = { login: { accountId: person.email } };
      void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      return;
    }
    void provider.callback()(request, response);
  });
  return {
    issuer,
    client,
    person,
    allow(redirectUri) {
      redirectUris.splice(0, 1, redirectUri);
      provider = make();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
