import { beforeAll, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import type { BotTurn } from '../../server/contract/bot.ts';
import { play } from '../support/bot-transcript.ts';
import { sampleCity } from '../support/sample-city.ts';

const desk = deskContent(await sampleCity());
const bot = createBot();

beforeAll(() => bot.prepare?.(desk), 300_000);

/** What chats look like is told in `tests/transcripts`; here is what no chat shows. */
test('a state of another version is no error, whoever speaks', async () => {
  const turn: BotTurn = {
    conversationId: 'c',
    ticketId: 't',
    channel: 'chat',
    locale: 'es',
    citizenName: null,
    consent: null,
    messages: [],
    state: { version: 0, data: { greeted: true, said: 'not a list', stack: 'no list either' } },
    now: new Date('2026-03-02T18:00:00Z'),
  };
  const outcome = await bot.turn(turn, desk);
  expect(outcome).toMatchObject({ replies: [], close: 'sin-respuesta' });
});

test('keeps a hundred conversations apart at once', async () => {
  const turns = Array.from({ length: 100 }, (_, i) =>
    play(
      { bot, desk },
      i % 2 ? 'Ana: bache\nBot: …Tomo tu reporte: Bache. …' : 'Ana: carnaval\nBot: …Carnaval…\nBot: …',
    ),
  );
  await Promise.all(turns);
});

test('speaks the language of whoever writes, and tells the server', async () => {
  const outcome = await bot.turn(
    {
      conversationId: 'c',
      ticketId: 't',
      channel: 'chat',
      locale: 'es',
      citizenName: null,
      consent: null,
      messages: [
        {
          id: '00000000-0000-4000-8000-000000000001',
          conversationId: '00000000-0000-4000-8000-000000000001',
          ticketId: null,
          seq: 1,
          direction: 'in',
          author: { type: 'citizen', id: null, name: null },
          parts: [{ type: 'text', text: 'how do I pay the property tax?' }],
          status: 'stored',
          failure: null,
          clientId: null,
          createdAt: '2026-03-02T18:00:00.000Z',
        },
      ],
      state: null,
      now: new Date('2026-03-02T18:00:00Z'),
    },
    desk,
  );
  expect(outcome.locale).toBe('en');
  expect(JSON.stringify(outcome.replies)).toContain('Property tax');
});
