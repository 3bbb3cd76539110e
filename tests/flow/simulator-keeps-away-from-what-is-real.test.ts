import { expect, test } from 'vitest';
import { type ContactCentre, type ContactCentreOptions, startContactCentre } from '../support/contact-centre.ts';

async function withCentre(
  settings: NonNullable<ContactCentreOptions['settings']>,
  story: (centre: ContactCentre) => Promise<void>,
): Promise<void> {
  const centre = await startContactCentre({ settings });
  try {
    await story(centre);
  } finally {
    await centre.stop();
  }
}

async function expectNoTelephones({ url, server }: ContactCentre): Promise<void> {
  expect(server.simulator).toBeNull();
  for (const path of ['', '/api/state', '/api/events', '/app.js']) {
    expect((await fetch(`${url}/simulator${path}`)).status).toBe(404);
  }
  expect(await (await fetch(`${url}/`)).text()).not.toContain('/simulator');
}

test('there is none when it is switched off', () => withCentre({ SIMULATOR: 'off' }, expectNoTelephones));

test('there is none on a server that is shown to the world', () =>
  withCentre({ PUBLIC_URL: 'https://linea.example.org' }, expectNoTelephones));

test('a channel with a real account is left alone, with all its accounts', () =>
  withCentre(
    {
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'a token of twilio',
      TWILIO_API_URL: 'http://127.0.0.1:9',
    },
    async ({ server, url }) => {
      const simulated = [...(server.simulator?.world.accounts.keys() ?? [])];
      expect(simulated).toEqual(['messenger', 'instagram']);
      const state = await (await fetch(`${url}/simulator/api/state`)).json();
      expect(JSON.stringify(state)).not.toMatch(/token|secret/i);
    },
  ));

test('what the page asks is checked', () =>
  withCentre({}, async ({ url, server }) => {
    const post = async (path: string, body: unknown) => {
      const response = await fetch(`${url}/simulator/api/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.status;
    };
    const phone = { personId: 'ana', accountId: 'whatsapp' };
    expect(await post('say', { ...phone, say: { type: 'text', text: '' } })).toBe(400);
    expect(await post('say', { ...phone, personId: 'nadie', say: { type: 'text', text: 'Hola' } })).toBe(400);
    expect(await post('say', { personId: 'lupita', accountId: 'sms', say: { type: 'text', text: 'Hola' } })).toBe(400);
    expect(await post('say', { ...phone, say: { type: 'choice', messageId: 'x', optionId: 'y' } })).toBe(400);
    expect(await post('people', { name: 'Marta', phone: '229' })).toBe(400);
    expect(await post('trouble', { delaySeconds: -1 })).toBe(400);
    expect(await post('phone', { ...phone, action: 'explode' })).toBe(400);
    const form = await fetch(`${url}/simulator/api/say`, {
      method: 'POST',
      body: new URLSearchParams({ personId: 'ana' }),
    });
    expect([400, 415]).toContain(form.status);
    expect(server.simulator?.messages()).toEqual([]);
  }));
