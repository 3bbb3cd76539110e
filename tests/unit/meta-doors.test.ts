import { describe, expect, test } from 'vitest';
import { createMessengerDoor } from '../../channels/meta/messenger-door.ts';
import { createWhatsappDoor } from '../../channels/meta/whatsapp-door.ts';
import type { WebhookRequest } from '../../server/contract/channel.ts';
import type { MessagingAccount } from '../../server/contract/messaging.ts';
import { META_IDS, metaAccount, metaRequest, whatsappWebhook } from '../support/meta-webhook.ts';

const forbidden = expect.objectContaining({ code: 'forbidden' });
const byId = (...accounts: MessagingAccount[]) => new Map(accounts.map((account) => [account.id, account]));

const ours = metaAccount('whatsapp');
const theirs = { ...metaAccount('whatsapp', { objectId: '777', appSecret: 'of-another-app' }), id: 'civil' };
const door = createWhatsappDoor(byId(ours, theirs, metaAccount('messenger')));
const hello = whatsappWebhook([{ id: 'wamid.1', from: '5212291234567', body: 'Hola' }]);
const signed = metaRequest(hello, 'secret-of-whatsapp');
const differing = (change: Partial<WebhookRequest>): WebhookRequest => ({ ...signed, ...change });
const withSignature = (value: string | string[] | undefined) =>
  differing({ headers: { ...signed.headers, 'x-hub-signature-256': value } });

describe("Meta's signature", () => {
  test('opens the door', () => {
    expect(door.open(signed)).toMatchObject([{ channel: 'whatsapp', input: { accountId: 'whatsapp' } }]);
  });

  test.for([
    ['is missing', withSignature(undefined)],
    ['is empty', withSignature('')],
    ['comes twice', withSignature(['sha256=00', 'sha256=00'])],
    ['is of the old kind', withSignature(`sha1=${'0'.repeat(40)}`)],
    ['is too short', withSignature('sha256=00')],
    ['is of other bytes', differing({ rawBody: Buffer.concat([signed.rawBody, Buffer.from(' ')]) })],
    ['is made with another secret', metaRequest(hello, 'guessed')],
    ['is made with the secret of an account of another channel', metaRequest(hello, 'secret-of-messenger')],
    ['is made with no secret', metaRequest(hello, '')],
  ] as const)('is refused where it %s', ([, request]) => {
    expect(() => door.open(request)).toThrow(forbidden);
  });

  test('counts only for accounts of the app that made it', () => {
    expect(() => door.open(metaRequest(hello, 'of-another-app'))).toThrow(forbidden);
    const toThem = whatsappWebhook([{ id: 'wamid.1', from: '5212291234567', body: 'Hola' }], '777');
    expect(door.open(metaRequest(toThem, 'of-another-app'))).toMatchObject([{ input: { accountId: 'civil' } }]);
  });

  test('of an account without a secret opens nothing', () => {
    const open = createWhatsappDoor(byId(metaAccount('whatsapp', { appSecret: '' })));
    expect(() => open.open(metaRequest(hello, ''))).toThrow(forbidden);
    expect(() => createWhatsappDoor(new Map()).open(signed)).toThrow(forbidden);
  });

  test.for(['', 'no JSON', '[]', '{"object":"whatsapp_business_account"}'])(
    'on %j says that it cannot be read',
    (body) => {
      expect(() => door.open(metaRequest(body, 'secret-of-whatsapp'))).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
    },
  );
});

describe('a webhook', () => {
  test('for an account that the city does not have is handed over as it is', () => {
    const stranger = whatsappWebhook([{ id: 'wamid.1', from: '5212291234567', body: 'Hola' }], '999');
    expect(door.open(metaRequest(stranger, 'secret-of-whatsapp'))).toMatchObject([
      { channel: null, input: { accountId: '999', body: { field: 'messages' } } },
    ]);
  });

  test('of a thousand messages becomes a thousand inputs in their order', () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => ({
      id: `wamid.${index}`,
      from: `521229${1_000_000 + index}`,
      body: `línea ${index}`,
    }));
    const bodies = door
      .open(metaRequest(whatsappWebhook(messages), 'secret-of-whatsapp'))
      .map(({ input }) => input.body);
    const ids = bodies.map((body) => (body as { value: { messages: { id: string }[] } }).value.messages[0]?.id);
    expect(ids).toEqual(messages.map(({ id }) => id));
  });

  test('of Instagram does not reach the page of the same number', () => {
    const page = metaAccount('messenger', { objectId: '5' });
    const profile = metaAccount('instagram', { objectId: '5', appSecret: 'secret-of-messenger' });
    const messenger = createMessengerDoor(byId(page, profile));
    const entry = [{ id: '5', messaging: [{ sender: { id: '1' }, message: { mid: 'm', text: 'Hola' } }] }];
    const channelOf = (object: string) =>
      messenger.open(metaRequest({ object, entry }, 'secret-of-messenger')).map(({ channel }) => channel);
    expect(channelOf('page')).toEqual(['messenger']);
    expect(channelOf('instagram')).toEqual(['instagram']);
    expect(channelOf('user')).toEqual([null]);
  });
});

describe("Meta's handshake", () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-whatsapp', 'hub.challenge': '1158201444' };

  test('is answered with its challenge', () => {
    expect(door.greet?.(asked)).toBe('1158201444');
    expect(
      createMessengerDoor(byId(metaAccount('instagram'))).greet?.({ ...asked, 'hub.verify_token': 'verify-instagram' }),
    ).toBe('1158201444');
  });

  test.for([
    { 'hub.verify_token': 'guessed' },
    { 'hub.verify_token': undefined },
    { 'hub.verify_token': 'verify-messenger' },
    { 'hub.mode': 'unsubscribe' },
    { 'hub.challenge': '<script>alert(1)</script>' },
    { 'hub.challenge': undefined },
  ])('is refused with %o', (change) => {
    expect(() => door.greet?.({ ...asked, ...change })).toThrow(forbidden);
  });

  test('is refused while no verify token is set', () => {
    const open = createWhatsappDoor(byId(metaAccount('whatsapp', { verifyToken: '', objectId: META_IDS.whatsapp })));
    expect(() => open.greet?.({ ...asked, 'hub.verify_token': '' })).toThrow(forbidden);
  });
});
