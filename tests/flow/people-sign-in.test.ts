import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { callApi, createApiCaller } from '../support/api-caller.ts';
import { codeOf } from '../support/authenticator.ts';
import { type ContactCentre, SAMPLE_PASSWORD, startContactCentre } from '../support/contact-centre.ts';
import { type OidcProvider, startOidcProvider } from '../support/oidc-provider.ts';
import { connectOperator, type OperatorClient, signIn } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let provider: OidcProvider;
let centre: ContactCentre;
let admin: OperatorClient;

beforeAll(async () => {
  provider = await startOidcProvider();
  centre = await startContactCentre({
    settings: {
      PUBLIC_URL: 'http://linea.example.org',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.client.id,
      OIDC_CLIENT_SECRET: provider.client.secret,
    },
  });
  provider.allow('http://linea.example.org/api/auth/callback/oidc');
  admin = await centre.operator('fernando');
});
afterAll(async () => {
  await centre?.stop();
  await provider?.close();
});

const stranger = () => createApiCaller(centre.url, {});
const password = 'una contraseña bastante larga';

/** The cookies that an answer sets, as a browser sends them back. */
const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

describe('somebody invited', () => {
  test('chooses their own password by a link that opens once, and for four days', async () => {
    const email = 'gloria@veracruz.example.org';
    const { id } = await admin.call(api.createOperator, { body: { name: 'Gloria Nieto', email, role: 'operator' } });
    await expect(signIn(centre.url, email, password)).rejects.toThrow();
    const first = await admin.call(api.inviteOperator, { params: { id } });
    const { link } = await admin.call(api.inviteOperator, { params: { id } });
    const token = (of: string | null) => of?.split('#')[1] ?? '';
    expect(link).toMatch(/^http:\/\/linea\.example\.org\/console\/join#/);

    const expired = { code: 'link_expired' };
    expect(await stranger().refused(api.readInvitation, { body: { token: token(first.link) } })).toMatchObject(expired);
    expect(await stranger().call(api.readInvitation, { body: { token: token(link) } })).toEqual({
      name: 'Gloria Nieto',
      email,
    });
    await stranger().call(api.acceptInvitation, { body: { token: token(link), password } });
    expect((await signIn(centre.url, email, password)).session.operator.id).toBe(id);
    const again = { token: token(link), password: 'otra contraseña larga' };
    expect(await stranger().refused(api.acceptInvitation, { body: again })).toMatchObject(expired);

    const late = await admin.call(api.inviteOperator, { params: { id } });
    centre.clock.advance(4 * 86_400 + 1);
    expect(await stranger().refused(api.readInvitation, { body: { token: token(late.link) } })).toMatchObject(expired);
    const { entries } = await admin.call(api.listAudit);
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['operator.invited', 'operator.joined']),
    );
    expect(JSON.stringify(entries)).not.toContain(token(link));
  });
});

describe('sessions', () => {
  test('are seen by their owner and administrators, and end one or all at once', async () => {
    const ana = await centre.operator('ana');
    const second = await connectOperator(centre.url, 'ana@veracruz.example.org', SAMPLE_PASSWORD);
    const params = { id: ana.id };
    const mine = await ana.call(api.listSessions, { params });
    expect(mine.map(({ current }) => current)).toEqual(expect.arrayContaining([true, false]));
    expect(await second.refused(api.listSessions, { params: { id: admin.id } })).toMatchObject({ code: 'not_found' });

    await ana.call(api.endSessions, { params, body: {} });
    await until(() => second.socket.disconnected, { what: 'the other window to close' });
    expect(ana.socket.connected).toBe(true);
    const [left] = await admin.call(api.listSessions, { params });
    await admin.call(api.endSessions, { params, body: { sessionId: left?.id ?? '' } });
    await until(() => ana.socket.disconnected, { what: 'Ana to be signed out' });
    second.leave();
  });
});

describe('with a second step', () => {
  const email = 'beto@veracruz.example.org';
  const start = () => callApi(centre.url, api.signIn, { body: { email, password: SAMPLE_PASSWORD } });

  test('the password alone opens nothing; a code does, or one of those kept for bad days', async () => {
    const beto = await centre.operator('beto');
    const wrong = { password: 'no es esta' };
    expect(await beto.refused(api.beginTwoFactor, { body: wrong })).toMatchObject({ code: 'wrong_credentials' });
    const { uri, recoveryCodes } = await beto.call(api.beginTwoFactor, { body: { password: SAMPLE_PASSWORD } });
    // Until the first code was right it asks for none: nobody locks themselves out.
    expect((await start()).status).toBe(200);
    await beto.call(api.confirmTwoFactor, { body: { code: codeOf(uri, new Date()) } });

    const asked = await start();
    expect(asked).toMatchObject({ status: 401, body: { error: { code: 'second_factor_required' } } });
    const cookie = cookiesOf(asked.headers);
    expect(await createApiCaller(centre.url, { cookie }).refused(api.session)).toMatchObject({ status: 401 });
    const guess = await callApi(centre.url, api.enterCode, { body: { code: '000000' } }, { cookie });
    expect(guess.body).toMatchObject({ error: { code: 'wrong_code' } });
    const entered = await callApi(
      centre.url,
      api.enterCode,
      { body: { code: codeOf(uri, new Date(Date.now() + 30_000)) } },
      { cookie },
    );
    expect(entered.status, JSON.stringify(entered.body)).toBe(200);
    const inside = createApiCaller(centre.url, { cookie: cookiesOf(entered.headers) });
    expect((await inside.call(api.session)).operator.email).toBe(email);
    expect(await inside.call(api.twoFactor)).toEqual({ enabled: true });

    const code = recoveryCodes[0] ?? '';
    const recover = async () => {
      const { headers } = await start();
      return (await callApi(centre.url, api.enterCode, { body: { code } }, { cookie: cookiesOf(headers) })).status;
    };
    expect([await recover(), await recover()]).toEqual([200, 422]);

    await admin.call(api.removeTwoFactor, { params: { id: beto.id } });
    expect((await start()).status).toBe(200);
    const { entries } = await admin.call(api.listAudit);
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['two_factor.enabled', 'two_factor.disabled']),
    );
    expect(JSON.stringify(entries)).not.toContain(code);
  });
});

describe("at the city's own provider", () => {
  /** A browser that keeps its cookies by host, from our door to wherever it ends. */
  async function browse(email: string) {
    provider.person.email = email;
    const jars = new Map<string, Map<string, string>>();
    let url = `${centre.url}/api/v1/session/provider`;
    for (let hops = 0; hops < 12; hops += 1) {
      const target = new URL(url.replace('http://linea.example.org', centre.url));
      const jar = jars.get(target.host) ?? new Map<string, string>();
      jars.set(target.host, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(target, { redirect: 'manual', headers: { cookie } });
      for (const set of answer.headers.getSetCookie()) {
        const [pair = ''] = set.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const next = answer.headers.get('location');
      if (!next) throw new Error(`${target.href} answered ${answer.status}: ${await answer.text()}`);
      url = new URL(next, target).href;
      if (new URL(url).pathname.startsWith('/console')) return { url, cookie: cookieFor(jars) };
    }
    throw new Error('The browser goes in circles');
  }
  const cookieFor = (jars: Map<string, Map<string, string>>) =>
    [...(jars.get(new URL(centre.url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');

  test('the person of that address comes in, and nobody else', async () => {
    expect(await stranger().call(api.signInWays)).toEqual({ provider: true, forgotten: false });
    const { url, cookie } = await browse('carmen@veracruz.example.org');
    expect(new URL(url).pathname).toBe('/console');
    const { operator } = await createApiCaller(centre.url, { cookie }).call(api.session);
    expect(operator.email).toBe('carmen@veracruz.example.org');
    expect((await admin.call(api.listAudit)).entries[0]).toMatchObject({
      action: 'session.started',
      actor: { name: operator.name },
    });

    // Their role requires a second step: that of the provider counts, unless the city says otherwise.
    const rule = { params: { id: operator.role }, body: { required: true, graceDays: 0 } };
    await admin.call(api.saveSecondStepRule, rule);
    const byProvider = createApiCaller(centre.url, { cookie });
    expect((await byProvider.call(api.session)).operator.secondStep).toBe('free');
    await byProvider.call(api.listTickets);
    await admin.call(api.saveSignInSettings, { body: { providerExempt: false } });
    expect(await byProvider.refused(api.listTickets)).toMatchObject({ code: 'second_step_missing' });
    await admin.call(api.saveSecondStepRule, { ...rule, body: { required: false, graceDays: 0 } });

    const unknown = await browse('nadie@otra-parte.example.org');
    expect(unknown.url).toContain('/console/sign-in');
    expect(await createApiCaller(centre.url, { cookie: unknown.cookie }).refused(api.session)).toMatchObject({
      status: 401,
    });
    const people = await admin.call(api.listOperators);
    expect(people.map((person) => person.email)).not.toContain('nadie@otra-parte.example.org');
  });
});
