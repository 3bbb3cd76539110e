import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createMailboxReader } from '../../channels/email/imap/mailbox-reader.ts';
import { createAccessTokens } from '../../channels/email/oauth/access-token.ts';
import { authOf } from '../../channels/email/oauth/auth-of.ts';
import { createSmtpSender } from '../../channels/email/smtp/smtp-sender.ts';
import type { MailboxCursor, OAuthCredentials, OutgoingLetter } from '../../server/contract/email.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type OAuthServer, startOAuthServer } from '../support/oauth-server.ts';
import { until } from '../support/until.ts';

const account = 'atencion';
let oauth: OAuthServer;
let dovecot: Dovecot;
beforeAll(async () => {
  oauth = await startOAuthServer(account);
  dovecot = await startDovecot({ introspectionUrl: oauth.introspectionUrl });
});
afterAll(async () => {
  await dovecot?.stop();
  await oauth?.stop();
});
beforeEach(() => {
  Object.assign(oauth, { refreshToken: 'first', rotates: false, trouble: null });
  oauth.asked.length = 0;
  oauth.revokeAll();
});

const credentials = (more: Partial<OAuthCredentials> = {}): OAuthCredentials => ({
  tokenUrl: oauth.tokenUrl,
  clientId: 'linea',
  clientSecret: 'secreto',
  refreshToken: 'first',
  scope: null,
  ...more,
});

describe('a token', () => {
  test('is asked for once however many need it, and used until shortly before its end', async () => {
    let now = Date.now();
    const tokens = createAccessTokens(credentials(), () => now);
    const given = await Promise.all(Array.from({ length: 10 }, () => tokens.get()));
    expect(new Set(given).size).toBe(1);
    expect(oauth.asked).toEqual([
      { grant_type: 'refresh_token', refresh_token: 'first', client_id: 'linea', client_secret: 'secreto' },
    ]);
    now += 3_500_000;
    expect(await tokens.get()).toBe(given[0]);
    now += 50_000;
    expect(await tokens.get()).not.toBe(given[0]);
    expect(oauth.asked).toHaveLength(2);
  });

  test('is asked for anew after it was not accepted', async () => {
    const tokens = createAccessTokens(credentials());
    const first = await tokens.get();
    tokens.drop();
    expect(await tokens.get()).not.toBe(first);
  });

  test('is got by the refresh token that came last', async () => {
    oauth.rotates = true;
    const tokens = createAccessTokens(credentials());
    for (const _ of [1, 2, 3]) {
      await tokens.get();
      tokens.drop();
    }
    expect(oauth.asked[0]?.refresh_token).toBe('first');
    expect(new Set(oauth.asked.map(({ refresh_token }) => refresh_token)).size).toBe(3);
  });

  test('is got by the client itself where there is no refresh token', async () => {
    const tokens = createAccessTokens(
      credentials({ refreshToken: null, scope: 'https://outlook.office365.com/.default' }),
    );
    expect(oauth.isActive(await tokens.get())).toBe(true);
    expect(oauth.asked[0]).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'https://outlook.office365.com/.default',
    });
  });

  test('that is not to be had says why', async () => {
    const tokens = createAccessTokens(credentials({ refreshToken: 'old' }));
    await expect(tokens.get()).rejects.toMatchObject({
      refusal: 'invalid_grant',
      message: 'invalid_grant: The refresh token was revoked',
    });
    oauth.trouble = { status: 503, body: 'Ocupado' };
    await expect(tokens.get()).rejects.toMatchObject({ refusal: null, message: expect.stringContaining('503') });
    oauth.trouble = { status: 200, body: { token: 'x' } };
    await expect(tokens.get()).rejects.toMatchObject({ refusal: null });
    const gone = await startOAuthServer(account);
    await gone.stop();
    await expect(createAccessTokens(credentials({ tokenUrl: gone.tokenUrl })).get()).rejects.toMatchObject({
      refusal: null,
      message: expect.stringContaining('ECONNREFUSED'),
    });
    // None of this is kept: the next one may go well.
    oauth.trouble = null;
    oauth.refreshToken = 'old';
    expect(oauth.isActive(await tokens.get())).toBe(true);
  });
});

function readMailbox(more: Partial<OAuthCredentials> = {}) {
  const received: string[] = [];
  let cursor: MailboxCursor | null = null;
  const reader = createMailboxReader(
    {
      id: account,
      host: '127.0.0.1',
      port: dovecot.port,
      secure: false,
      verifyTls: false,
      auth: authOf(account, credentials(more)),
      folder: 'INBOX',
      moveTo: null,
    },
    {
      cursors: {
        load: async () => cursor,
        save: async (_id, next) => {
          cursor = next;
        },
      },
      receive: async ({ raw }) => void received.push(raw.toString()),
      log: { warn: () => {} },
    },
  );
  reader.start();
  onTestFinished(() => reader.stop());
  return { reader, received };
}

describe('a mailbox', () => {
  test('is read with a token, and with a new one once that is no longer good', async () => {
    const { reader, received } = readMailbox();
    await dovecot.deliver(account, 'Subject: Uno\r\n\r\nHola\r\n');
    await until(() => received.length === 1, { what: 'the first mail' });
    expect(oauth.asked).toHaveLength(1);

    oauth.revokeAll();
    await dovecot.restart();
    await dovecot.deliver(account, 'Subject: Dos\r\n\r\nHola\r\n');
    await until(() => received.length === 2, { what: 'the second mail', timeout: 60_000 });
    expect(oauth.asked).toHaveLength(2);
    await until(() => reader.fault() === null, { what: 'the end of the fault' });
  });

  test('to which the city has no access any more says so', async () => {
    const { reader } = readMailbox({ refreshToken: 'old' });
    await until(() => reader.fault()?.includes('invalid_grant'), { what: 'the fault' });
    expect(reader.fault()).toBe(
      'El servicio de acceso ya no da permiso a la cuenta atencion; hay que autorizarla otra vez (invalid_grant: The refresh token was revoked).',
    );
  });

  test('whose tokens the server does not take says so', async () => {
    const other = await startOAuthServer(account);
    onTestFinished(() => other.stop());
    const { reader } = readMailbox({ tokenUrl: other.tokenUrl });
    await until(() => reader.fault()?.includes('no aceptó la cuenta atencion'), { what: 'the fault' });
  });
});

const letter: OutgoingLetter = {
  internetMessageId: 'answer@linea.example.org',
  mailbox: account,
  from: { address: 'atencion@veracruz.example.org', name: null },
  replyTo: null,
  to: [{ address: 'rosa@example.org', name: null }],
  cc: [],
  bcc: [],
  subject: 'Fuga de agua',
  text: 'Ya va una cuadrilla.',
  signature: null,
  quoted: null,
  inReplyTo: null,
  references: [],
  attachments: [],
  automatic: false,
  unsubscribe: null,
  locale: 'es',
  timeZone: 'America/Mexico_City',
};

describe('an answer', () => {
  async function sender(more: Partial<OAuthCredentials> = {}) {
    const users: string[] = [];
    const server = new SMTPServer({
      authMethods: ['XOAUTH2'],
      disabledCommands: ['STARTTLS'],
      onAuth({ username, accessToken }, _session, done) {
        if (!username || !oauth.isActive(accessToken ?? '')) return done(null, { data: { status: '401' } });
        users.push(username);
        done(null, { user: username });
      },
      onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
    const { port } = server.server.address() as AddressInfo;
    const auth = authOf(account, credentials(more));
    const smtp = createSmtpSender({ host: '127.0.0.1', port, secure: false, verifyTls: false, auth }, 'veracruz');
    onTestFinished(() => smtp.close());
    return { smtp, users, auth };
  }

  test('is sent with a token, and with a new one when that is not accepted', async () => {
    const { smtp, users, auth } = await sender();
    if ('tokens' in auth) await auth.tokens.get();
    oauth.revokeAll();
    expect((await smtp.send(letter)).outcome).toBe('accepted');
    expect(users).toEqual([account]);
    expect(oauth.asked).toHaveLength(2);
  });

  test('is not sent without access, and says why in words', async () => {
    const { smtp } = await sender({ refreshToken: 'old' });
    expect(await smtp.send(letter)).toEqual({
      outcome: 'rejected',
      permanent: true,
      providerCode: 'invalid_grant',
      reason: expect.stringContaining('no aceptó la cuenta de la ciudad'),
    });
  });

  test('waits while the server of tokens is away', async () => {
    const { smtp } = await sender();
    oauth.trouble = { status: 503, body: null };
    await expect(smtp.send(letter)).rejects.toThrow('503');
    oauth.trouble = null;
    expect((await smtp.send(letter)).outcome).toBe('accepted');
  });
});
