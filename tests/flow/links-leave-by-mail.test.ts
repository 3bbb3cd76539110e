import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { createApiCaller } from '../support/api-caller.ts';
import { type ContactCentre, SAMPLE_PASSWORD, startContactCentre } from '../support/contact-centre.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type OperatorClient, signIn } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let mail: MailServer;
let centre: ContactCentre;
let admin: OperatorClient;
const password = 'una contraseña bastante larga';

/** Who the mail server says does not exist. */
const UNKNOWN = 'equivocada@otra-parte.example.org';

beforeAll(async () => {
  mail = await startMailServer({
    onRcptTo({ address }, _session, done) {
      if (address !== UNKNOWN) return done();
      done(Object.assign(new Error('5.1.1 No such user here'), { responseCode: 550 }));
    },
  });
  centre = await startContactCentre({ settings: { ...mail.settings, PUBLIC_URL: 'http://linea.example.org' } });
  admin = await centre.operator('fernando');
});
afterAll(async () => {
  await centre?.stop();
  await mail?.stop();
});

const stranger = () => createApiCaller(centre.url, {});
const tokenIn = (text: string | undefined) => /\/console\/join#(\S+)/.exec(text ?? '')?.[1] ?? '';
const invitationOf = async (id: string) => (await admin.call(api.listPeople)).find((one) => one.id === id)?.invitation;

describe('where mail leaves', () => {
  test('somebody invited gets their link by mail, in their language, and whoever invited sees how it went', async () => {
    const email = 'grace@veracruz.example.org';
    const { id } = await admin.call(api.createOperator, {
      body: { name: 'Grace Hall', email, role: 'operator', locale: 'en' },
    });
    expect((await admin.call(api.inviteOperator, { params: { id } })).link).toBeNull();
    const sent = await mail.mailTo(email, 'Choose your password');
    expect(sent.subject).toContain('Your access');
    expect(sent.headers.get('auto-submitted')).toBe('auto-generated');
    await until(async () => (await invitationOf(id))?.mail?.state === 'sent', { what: 'the mail to count as sent' });
    expect((await invitationOf(id))?.openedAt).toBeNull();

    const token = tokenIn(sent.text);
    await stranger().call(api.readInvitation, { body: { token } });
    expect((await invitationOf(id))?.openedAt).not.toBeNull();
    await stranger().call(api.acceptInvitation, { body: { token, password } });
    expect((await signIn(centre.url, email, password)).session.operator.id).toBe(id);
    expect(await invitationOf(id)).toBeNull();
    expect(JSON.stringify((await admin.call(api.listAudit)).entries)).not.toContain(token);
  });

  test('an address that does not exist is said with its reason; a link can be handed over instead', async () => {
    const { id } = await admin.call(api.createOperator, {
      body: { name: 'Dirección Equivocada', email: UNKNOWN, role: 'operator' },
    });
    await admin.call(api.inviteOperator, { params: { id } });
    const failed = await until(
      async () => {
        const invitation = await invitationOf(id);
        return invitation?.mail?.state === 'failed' ? invitation : null;
      },
      { what: 'the mail to fail' },
    );
    expect(failed.mail?.reason).toBeTruthy();
    const { link } = await admin.call(api.inviteOperator, { params: { id }, body: { by: 'link' } });
    expect(link).toMatch(/^http:\/\/linea\.example\.org\/console\/join#/);
    expect(await invitationOf(id)).toMatchObject({ kind: 'invitation', mail: null });
  });
});

describe('a forgotten password', () => {
  const email = 'ana@veracruz.example.org';

  test('is asked for with the same answer for anybody, and a link goes to those who sign in here alone', async () => {
    expect(await stranger().call(api.signInWays)).toMatchObject({ forgotten: true });
    const before = mail.accepted.length;
    const [known, unknown] = await Promise.all([
      stranger().call(api.forgotPassword, { body: { email } }),
      stranger().call(api.forgotPassword, { body: { email: 'nadie@otra-parte.example.org' } }),
    ]);
    expect(known).toEqual(unknown);
    const sent = await mail.mailTo(email, 'contraseña nueva');
    // Once more at once sends nothing: nobody's mailbox is filled by a stranger.
    await stranger().call(api.forgotPassword, { body: { email } });

    expect((await signIn(centre.url, email, SAMPLE_PASSWORD)).session.operator.email).toBe(email);
    await stranger().call(api.acceptInvitation, { body: { token: tokenIn(sent.text), password } });
    expect((await signIn(centre.url, email, password)).session.operator.email).toBe(email);
    await expect(signIn(centre.url, email, SAMPLE_PASSWORD)).rejects.toThrow();
    expect(mail.accepted.length - before).toBe(1);
    const { entries } = await admin.call(api.listAudit);
    expect(entries.map(({ action }) => action)).toContain('operator.password_forgotten');
  });

  test('a flood of them from one place is slowed down', async () => {
    const answers: number[] = [];
    for (let ask = 0; ask < 8; ask += 1) {
      const { status } = await fetch(`${centre.url}/api/v1${api.forgotPassword.path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `nadie${ask}@otra-parte.example.org` }),
      });
      answers.push(status);
    }
    expect(answers).toContain(429);
  });
});
