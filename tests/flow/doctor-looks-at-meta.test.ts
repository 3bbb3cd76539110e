import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkMetaAccount } from '../../channels/meta/check-account.ts';
import { type MetaSettings, templateSchema } from '../../server/contract/messaging.ts';
import { META_SECRET, META_TOKEN, type MetaServer, startMetaServer } from '../support/meta-server.ts';
import { META_IDS, metaAccount } from '../support/meta-webhook.ts';

const APP = '1000000000000001';
const WABA = '102290129340398';
const publicUrl = 'https://linea.example.org';
const template = templateSchema.parse({
  id: 'seguimiento',
  title: { es: 'Seguimiento', en: 'Follow-up' },
  name: 'seguimiento_reporte',
  language: 'es_MX',
  category: 'UTILITY',
  body: 'Tu reporte {{1}} está {{2}}.',
  variables: [],
});

let meta: MetaServer;
beforeAll(async () => {
  meta = await startMetaServer();
});
afterAll(() => meta?.stop());

/** What Meta answers on a path, as long as it is asked with this token. */
function set(path: string, body: unknown, { status = 200, token = META_TOKEN } = {}): void {
  meta.answers.set(path, (request, response) => {
    const isOurs = request.headers.authorization === `Bearer ${token}`;
    const refusal = { error: { code: 190, message: 'Invalid OAuth access token.' } };
    response.writeHead(isOurs ? status : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isOurs ? body : refusal));
  });
}
const asApp = { token: `${APP}|${META_SECRET}` };

const token = (differs: object = {}) => ({
  data: {
    app_id: APP,
    is_valid: true,
    expires_at: 0,
    scopes: [
      'whatsapp_business_messaging',
      'whatsapp_business_management',
      'pages_messaging',
      'pages_manage_metadata',
      'instagram_basic',
      'instagram_manage_messages',
    ],
    ...differs,
  },
});
const subscription = (object: string, path: string, fields: string[], url = `${publicUrl}${path}`) => ({
  object,
  callback_url: url,
  active: true,
  fields: fields.map((name) => ({ name, version: 'v23.0' })),
});
const pageFields = [
  'messages',
  'messaging_postbacks',
  'message_deliveries',
  'message_reads',
  'message_reactions',
  'message_edits',
  'messaging_referrals',
];
const profileFields = [
  'messages',
  'messaging_postbacks',
  'messaging_seen',
  'message_reactions',
  'message_edit',
  'messaging_referral',
];
const number = {
  display_phone_number: '+52 1 229 100 0100',
  verified_name: 'Línea Veracruz',
  quality_rating: 'GREEN',
  status: 'CONNECTED',
};
const approved = (differs: object = {}) => ({
  name: template.name,
  language: 'es_MX',
  status: 'APPROVED',
  components: [
    { type: 'HEADER', text: 'Línea' },
    { type: 'BODY', text: template.body },
  ],
  ...differs,
});

beforeEach(() => {
  meta.answers.clear();
  set('/app', { id: APP, name: 'Línea Veracruz' });
  set('/debug_token', token(), asApp);
  set(
    `/${APP}/subscriptions`,
    {
      data: [
        subscription('whatsapp_business_account', '/webhooks/whatsapp', ['messages']),
        subscription('page', '/webhooks/messenger', pageFields),
        subscription('instagram', '/webhooks/messenger', profileFields),
      ],
    },
    asApp,
  );
  set(`/${META_IDS.whatsapp}`, number);
  set(`/${WABA}/subscribed_apps`, { data: [{ whatsapp_business_api_data: { id: APP, name: 'Línea' } }] });
  set(`/${WABA}/message_templates`, { data: [approved()] });
  set('/me', {
    id: META_IDS.messenger,
    name: 'Línea Veracruz',
    instagram_business_account: { id: META_IDS.instagram, username: 'lineaveracruz' },
  });
  set('/me/subscribed_apps', { data: [{ id: APP, subscribed_fields: pageFields }] });
});

/** What is found, a line each, with its remedy. */
async function found(
  channel: 'whatsapp' | 'messenger' | 'instagram',
  settings: Partial<MetaSettings> = {},
): Promise<string[]> {
  const { graphUrl } = meta;
  const account = metaAccount(channel, { graphUrl, accessToken: META_TOKEN, appSecret: META_SECRET, ...settings });
  const findings = await checkMetaAccount(account, { publicUrl, templates: [template] });
  const marks = { good: '✓', bad: '✗', unknown: '?' };
  return findings.map(({ verdict, what, remedy }) => [`${marks[verdict]} ${what}`, remedy].filter(Boolean).join(' → '));
}

test.for(['whatsapp', 'messenger', 'instagram'] as const)('a good account of %s has nothing amiss', async (channel) => {
  const lines = await found(channel);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.filter((line) => !line.startsWith('✓'))).toEqual([]);
});

describe('of an account it is told', () => {
  test('that the token is not accepted, and nothing else', async () => {
    expect(await found('whatsapp', { accessToken: 'old' })).toEqual([
      expect.stringMatching(/^✗ Meta no acepta el token.*190.*→.*System users.*WHATSAPP_ACCESS_TOKEN/),
    ]);
  });

  test('that the app secret is of another app', async () => {
    expect(await found('messenger', { appSecret: 'of another' })).toEqual([
      expect.stringMatching(/^✗ El App Secret no es de la app.*→.*App secret a MESSENGER_APP_SECRET/),
    ]);
  });

  test('that the token ends one day, or lacks a permission', async () => {
    set('/debug_token', token({ expires_at: 1_800_000_000, scopes: ['whatsapp_business_messaging'] }), asApp);
    const lines = await found('whatsapp');
    expect(lines).toContainEqual(expect.stringMatching(/^\? El token vence el 2027-01-15.*Never/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^✗ Al token le falta permiso para whatsapp_business_management/),
    );
  });

  test('that what comes in is brought elsewhere, or not at all', async () => {
    const elsewhere = subscription('whatsapp_business_account', '', ['messages'], 'https://old.example.org/hook');
    set(`/${APP}/subscriptions`, { data: [elsewhere] }, asApp);
    expect(await found('whatsapp')).toContainEqual(
      expect.stringMatching(
        /^✗ Lo que llega va a https:\/\/old.*Configuration.*https:\/\/linea\.example\.org\/webhooks\/whatsapp/,
      ),
    );
    expect(await found('instagram')).toContainEqual(expect.stringMatching(/^✗ Lo que llega no se trae/));
  });

  test('which fields are missing', async () => {
    set(`/${APP}/subscriptions`, { data: [subscription('page', '/webhooks/messenger', ['messages'])] }, asApp);
    expect(await found('messenger')).toContainEqual(
      expect.stringMatching(/^\? La app no está suscrita a messaging_postbacks, /),
    );
    set('/me/subscribed_apps', { data: [{ id: APP, subscribed_fields: ['feed'] }] });
    expect(await found('messenger')).toContainEqual(expect.stringMatching(/^✗ La app no está suscrita a messages/));
  });

  test('that the number is another, or not connected, or not well thought of', async () => {
    set(`/${META_IDS.whatsapp}`, {
      ...number,
      display_phone_number: '+52 55 1234 5678',
      status: 'PENDING',
      quality_rating: 'RED',
    });
    const lines = await found('whatsapp');
    expect(lines).toContainEqual(
      expect.stringMatching(/^✗ El número de \d+ es \+52 55 1234 5678, y en city\.yaml dice \+522291000100/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^✗ El número no está conectado \(PENDING\)/));
    expect(lines).toContainEqual(expect.stringMatching(/^\? WhatsApp califica el número con RED/));
  });

  test('that its business account tells the app nothing, or that it cannot be looked at', async () => {
    set(`/${WABA}/subscribed_apps`, { data: [] });
    expect(await found('whatsapp')).toContainEqual(
      expect.stringMatching(/^✗ La cuenta de WhatsApp no avisa.*subscribed_apps/),
    );
    expect(await found('whatsapp', { businessAccountId: null })).toContainEqual(
      expect.stringMatching(/^\? No se pudo revisar.*falta WHATSAPP_BUSINESS_ACCOUNT_ID/),
    );
  });

  test.for([
    ['is not there', [], /^✗ La plantilla «seguimiento_reporte» no existe en Meta/],
    ['is in another language', [approved({ language: 'es' })], /^✗ .*está en es, no en es_MX/],
    ['is not approved', [approved({ status: 'REJECTED' })], /^✗ WhatsApp no ha aprobado.*REJECTED/],
    [
      'has other variables',
      [approved({ components: [{ type: 'BODY', text: 'Tu reporte {{1}}.' }] })],
      /^✗ .*lleva \{\{1\}\} en Meta y \{\{1\}\} \{\{2\}\}/,
    ],
    [
      'says something else',
      [approved({ components: [{ type: 'BODY', text: 'Su reporte {{1}} está {{2}}.' }] })],
      /^✗ .*dice otra cosa en Meta: «Su reporte/,
    ],
  ] as const)('that a template %s', async ([, data, line]) => {
    set(`/${WABA}/message_templates`, { data });
    expect(await found('whatsapp')).toContainEqual(expect.stringMatching(line));
  });

  test('that the token is of another page, or the profile is linked to none', async () => {
    set('/me', { id: '999', name: 'Otra' });
    expect(await found('messenger')).toContainEqual(
      expect.stringMatching(/^✗ El token es de 999 \(«Otra»\), no de la página/),
    );
    expect(await found('instagram')).toContainEqual(
      expect.stringMatching(/^✗ A la página «Otra» no está ligado ningún perfil/),
    );
    set('/me/subscribed_apps', { data: [] });
    expect(await found('instagram')).toContainEqual(expect.stringMatching(/^✗ La página «Otra» no avisa a la app/));
  });

  test('what could not be looked at', async () => {
    set(`/${WABA}/message_templates`, { error: { code: 2, message: 'Service down.' } }, { status: 503 });
    expect(await found('whatsapp')).toContainEqual(
      expect.stringMatching(/^\? No se pudo revisar las plantillas: Meta respondió 2: Service down\. →/),
    );
    expect(await found('whatsapp', { graphUrl: 'http://127.0.0.1:1/v23.0' })).toEqual([
      expect.stringMatching(/^\? No se pudo revisar la cuenta: .*graph\.facebook\.com/),
    ]);
  });
});
