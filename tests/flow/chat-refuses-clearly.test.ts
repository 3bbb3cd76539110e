import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../server/contract/errors.ts';
import { limits } from '../../server/contract/limits.ts';
import type { ChatClientEvents } from '../../server/contract/socket.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { openChatSocket, type ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
let lupe: ResidentClient;
let mary: ResidentClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { CHAT_MESSAGES_PER_SECOND: 10_000 } });
  lupe = await centre.resident({ locale: 'es' });
  mary = await centre.resident({ locale: 'en' });
  for (const resident of [lupe, mary]) await resident.say('Hola');
});

afterAll(() => centre?.stop());

const text = (said: unknown) => ({ clientId: randomUUID(), parts: [{ type: 'text', text: said }] });
const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
const own = ({ messages }: ResidentClient) => messages.filter(({ direction }) => direction === 'in').length;

const refusals: [
  what: string,
  event: keyof ChatClientEvents,
  data: () => unknown,
  code: keyof typeof errorCatalogue,
][] = [
  ['a text too long', 'send', () => text('á'.repeat(limits.textLength + 1)), 'message_too_long'],
  ['an empty text', 'send', () => text(''), 'empty_message'],
  ['spaces only', 'send', () => text(' \n\t '), 'empty_message'],
  ['control characters only', 'send', () => text('\u0000\u0007\u001b'), 'empty_message'],
  ['no parts', 'send', () => ({ clientId: randomUUID(), parts: [] }), 'empty_message'],
  ['a number for a text', 'send', () => text(42), 'invalid_input'],
  ['bytes for a text', 'send', () => text(Buffer.from([0xff, 0xfe])), 'invalid_input'],
  ['deep nesting', 'send', () => text(deep(500)), 'invalid_input'],
  [
    'too many parts',
    'send',
    () => ({ ...text('a'), parts: Array(13).fill({ type: 'text', text: 'a' }) }),
    'invalid_input',
  ],
  [
    'a part of the system',
    'send',
    () => ({ ...text('a'), parts: [{ type: 'notice', key: 'closed' }] }),
    'invalid_input',
  ],
  ['no message at all', 'send', () => null, 'invalid_input'],
  ['an array', 'send', () => [], 'invalid_input'],
  ['a clientId that is none', 'send', () => ({ ...text('a'), clientId: "'; drop table message; --" }), 'invalid_input'],
  [
    'a place off the earth',
    'send',
    () => ({ ...text('a'), parts: [{ type: 'location', latitude: 91, longitude: 0 }] }),
    'invalid_input',
  ],
  [
    'a file of nobody',
    'send',
    () => ({ ...text('a'), parts: [{ type: 'media', attachmentId: randomUUID() }] }),
    'not_found',
  ],
  ['a negative cursor', 'sync', () => ({ after: -1 }), 'invalid_input'],
  ['half a cursor', 'sync', () => ({ after: 0.5 }), 'invalid_input'],
  ['a cursor that is no number', 'sync', () => ({ after: Number.NaN }), 'invalid_input'],
  ['a cursor in words', 'sync', () => ({ after: '1 or 1=1' }), 'invalid_input'],
  ['an endless cursor', 'sync', () => ({ after: 1e300 }), 'invalid_input'],
  ['a cursor beyond what is stored', 'sync', () => ({ after: 1_000 }), 'invalid_cursor'],
  ['a cursor beyond what a database counts', 'sync', () => ({ after: Number.MAX_SAFE_INTEGER }), 'invalid_cursor'],
  ['history before the beginning', 'history', () => ({ before: 0 }), 'invalid_input'],
  ['an unknown privacy notice', 'consent', () => ({ version: 'x' }), 'invalid_input'],
  ['a name before the privacy notice', 'profile', () => ({ name: 'Lupe' }), 'consent_required'],
  ['an e-mail that is none', 'profile', () => ({ email: 'no-es-correo' }), 'invalid_input'],
  ['six stars', 'rate', () => ({ ticketId: randomUUID(), score: 6 }), 'invalid_input'],
  ['a score for a contact of nobody', 'rate', () => ({ ticketId: randomUUID(), score: 5 }), 'not_found'],
  ['a language nobody speaks here', 'locale', () => ({ locale: 'tlh' }), 'invalid_input'],
];

describe('is refused in the reader’s language, with a code', () => {
  test.each(refusals)('%s', async (_what, event, data, code) => {
    for (const [resident, locale] of [
      [lupe, 'es'],
      [mary, 'en'],
    ] as const) {
      await resident.sync();
      const before = own(resident);
      const refusal = await resident.refused(event, data());
      expect(refusal.code).toBe(code);
      expect(refusal.message.slice(0, 12)).toBe(errorCatalogue[code][locale].slice(0, 12));
      expect(JSON.stringify(refusal)).not.toMatch(/postgres|zod|select |at .*\.ts/i);
      await resident.sync();
      expect(own(resident), 'nothing was stored').toBe(before);
    }
  });
});

describe('is taken for what it means', () => {
  const face = '😀';
  test.each([
    ['script in a text', `<script>alert('x')</script><img src=x onerror=alert(1)>`],
    ['SQL', `'); drop table message; --`],
    ['a character across the end of the inbox’s preview', `${'a'.repeat(138)}${face} y más texto después`],
    ['a text as long as may be, in characters of four bytes', face.repeat(limits.textLength / 2)],
    ['many lines', 'uno\n\ndos\ntres'],
    ['right-to-left and joined characters', 'مرحبا 👩‍👩‍👧 e\u0301'],
  ])('%s', async (_what, said) => {
    const stored = await lupe.say(said);
    expect(words(stored)).toBe(said);
    const again = await lupe.again();
    expect(words(again.messages.find(({ seq }) => seq === stored.seq) as typeof stored)).toBe(said);
    again.leave();
  });

  test.each([
    ['half a character', 'hola \ud83d', 'hola \ufffd'],
    ['a NUL among letters', 'ho\u0000la', 'hola'],
    ['escape sequences of a terminal', '\u001b[31mrojo\u001b[0m', '[31mrojo[0m'],
  ])('%s', async (_what, said, stored) => {
    expect(words(await lupe.say(said))).toBe(stored);
  });

  test('the same in a quick answer and in the label of a place', async () => {
    await lupe.say([{ type: 'choice', id: 'x\u0000', title: '\u0000sí\ud83d' }]);
    await lupe.say([{ type: 'location', latitude: 19.2, longitude: -96.1, label: 'casa\u0000' }]);
  });

  test('keys that reach for prototypes', async () => {
    const data = JSON.parse(
      `{"clientId":"${randomUUID()}","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"parts":[{"type":"text","text":"hola","__proto__":{"admin":true}}]}`,
    );
    expect(await lupe.ask('send', data)).toMatchObject({ ok: true });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('a read mark beyond what was said, which reads what was said', async () => {
    await until(async () => (await lupe.sync()).messages.length === 0, { what: 'the bot to be silent' });
    expect(await lupe.ask('receipt', { read: Number.MAX_SAFE_INTEGER })).toMatchObject({ ok: true });
    const { cursors, lastSeq } = await lupe.sync();
    expect(cursors.citizenRead).toBeLessThanOrEqual(lastSeq);
    expect(cursors.citizenRead).toBeGreaterThan(0);
  });

  test('history before a seq that no database counts to: the newest', async () => {
    const page = await lupe.ask('history', { before: Number.MAX_SAFE_INTEGER });
    expect(page).toMatchObject({ ok: true });
  });
});

describe('of somebody else', () => {
  test('a forged token, in the language of whoever shows it', async () => {
    const [, address] = lupe.token.split('.');
    const forged = [
      `v1.${address}.${'A'.repeat(43)}`,
      `v1.${randomUUID()}.${lupe.token.split('.')[2]}`,
      'v1..',
      '__proto__',
      'x'.repeat(300),
      `${lupe.token}=`,
    ];
    for (const token of forged) {
      const socket = openChatSocket(centre.url);
      const answer = (await socket.emitWithAck('hello', { token, locale: 'en' })) as { ok: boolean; error?: unknown };
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'invalid_token', message: errorCatalogue.invalid_token.en },
      });
      socket.disconnect();
    }
  });

  test('anything before hello', async () => {
    const socket = openChatSocket(centre.url);
    for (const [event, data] of [
      ['send', text('hola')],
      ['sync', { after: 0 }],
      ['end', {}],
      ['consent', { version: lupe.welcome.city.privacyNotice.version }],
    ] as const) {
      const answer = await socket.emitWithAck(event as 'sync', data as never);
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_token' } });
    }
    socket.disconnect();
  });

  test('the id another visitor gave their message: both are stored', async () => {
    const clientId = randomUUID();
    const hers = await lupe.say('La mía', clientId);
    const his = await mary.say('Mine', clientId);
    expect(his.conversationId).not.toBe(hers.conversationId);
    expect(words(his)).toBe('Mine');
  });

  test('a file, a contact to rate', async () => {
    const file = await lupe.upload('nota.txt', 'mi nota');
    const stolen = { clientId: randomUUID(), parts: [{ type: 'media', attachmentId: file.id }] };
    expect((await mary.refused('send', stolen)).code).toBe('not_found');
    expect((await mary.refused('rate', { ticketId: lupe.welcome.ticket?.id ?? lupe.ticket?.id, score: 1 })).code).toBe(
      'not_found',
    );
    const download = await fetch(`${centre.url}/api/v1/files/${file.id}?token=${mary.token}`);
    expect(download.status).toBe(404);
  });
});

test('events without an acknowledgement, with too many arguments, or that nobody knows, harm nobody', async () => {
  const socket = lupe.socket as unknown as { emit(event: string, ...args: unknown[]): void };
  socket.emit('send', text('sin acuse'));
  socket.emit('send');
  socket.emit('sync', null);
  socket.emit('hello', 1, 2, 3, 'cuatro');
  socket.emit('receipt', 'x');
  socket.emit('no-such-event', deep(500));
  socket.emit('constructor', {});
  socket.emit('end', 'not a function', 'nor this');
  await until(async () => (await lupe.sync()) && lupe.messages.some((message) => words(message) === 'sin acuse'), {
    what: 'the message without an acknowledgement',
  });
});

test('one window that begins a new visit hears nothing more of the one before', async () => {
  const first = await centre.resident();
  await first.say('Hola');
  await first.reads('asistente virtual');
  const other = await first.again();
  await first.ask('hello', { locale: 'es' });
  await first.ask('hello', { locale: 'es', token: (await centre.resident()).token });
  const seen = first.pushed.length;
  await other.say('¿Dónde pago el predial?');
  await other.reads('Tesorería');
  expect(first.pushed.slice(seen).filter(({ event }) => event === 'message')).toEqual([]);
});

test('the log holds no word that anybody said, and no stack of what was merely refused', async () => {
  const secret = `secreto-${randomUUID()}`;
  await lupe.say(secret);
  await lupe.refused('send', text(`${secret}${'x'.repeat(limits.textLength)}`));
  await lupe.refused('profile', { email: secret });
  expect(centre.logs()).not.toContain(secret);
  expect(centre.logs()).not.toContain('asistente virtual');
  const severe = centre
    .logs()
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line));
  expect(severe).toEqual([]);
});
