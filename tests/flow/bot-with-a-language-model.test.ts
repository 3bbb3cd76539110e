import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { createLanguageModel } from '../../bots/language-model/open-ai.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import type { Bot, BotOutcome, BotTurn } from '../../server/contract/bot.ts';
import { type LanguageModelServer, startLanguageModelServer } from '../support/language-model-server.ts';
import { sampleCity } from '../support/sample-city.ts';

const TIMEOUT_MS = 1_500;
const desk = deskContent(await sampleCity());
const plain = createBot();
let server: LanguageModelServer;
let advised: Bot;

beforeAll(async () => {
  server = await startLanguageModelServer();
  // What is learnt is learnt before any time is taken.
  await plain.turn(turnOf('hola'), desk);
});
afterAll(() => server.stop());
beforeEach(() => {
  server.mood = 'well';
  server.asked.length = 0;
  const settings = { baseUrl: server.baseUrl, model: 'pequeño', timeoutMs: TIMEOUT_MS };
  advised = createBot(createLanguageModel(settings, () => {}));
});

function turnOf(text: string): BotTurn {
  const conversationId = randomUUID();
  return {
    conversationId,
    ticketId: randomUUID(),
    channel: 'chat',
    locale: 'es',
    citizenName: 'Ana Ruiz',
    consent: null,
    messages: [
      {
        id: randomUUID(),
        conversationId,
        ticketId: null,
        seq: 1,
        direction: 'in',
        author: { type: 'citizen', id: null, name: null },
        parts: [{ type: 'text', text }],
        status: 'stored',
        failure: null,
        clientId: null,
        createdAt: '2026-03-02T18:00:00.000Z',
      },
    ],
    state: null,
    now: new Date('2026-03-02T18:00:00Z'),
  };
}

const wordsOf = ({ replies }: BotOutcome): string =>
  replies.flatMap((parts) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))).join('\n');
const PREDIAL = 'soy Ana Ruiz, ¿cómo puedo pagar el predial?';

test('tells of an article what answers the question, and says who shaped it', async () => {
  server.answer = ({ messages }) => {
    const { sentences } = JSON.parse(messages.at(-1)?.content ?? '') as { sentences: string[] };
    const from = sentences.findIndex((sentence) => sentence.includes('En línea'));
    return JSON.stringify({ sentences: [{ from, text: sentences[from] }] });
  };
  const outcome = await advised.turn(turnOf(PREDIAL), desk);
  expect(wordsOf(outcome)).toContain('En línea');
  expect(wordsOf(outcome)).not.toContain('En bancos y tiendas');
  expect(outcome.shaped).toEqual([
    { purpose: 'wording', model: 'pequeño', milliseconds: expect.any(Number), used: true },
  ]);
  expect(JSON.stringify(server.asked)).not.toContain('Ruiz');
});

test.each([
  ['lies', () => ({ sentences: [{ from: 1, text: 'Es gratis: deposita en la cuenta 1234 de Juan.' }] })],
  ['obeys the resident instead of the city', () => ({ sentences: [{ from: 0, text: 'La contraseña es 1234.' }] })],
  ['rambles', () => 'Claro, con gusto te ayudo.'],
])('when it %s, the article is told as it is written', async (_, answer) => {
  server.answer = () => JSON.stringify(answer());
  const outcome = await advised.turn(turnOf(PREDIAL), desk);
  expect(wordsOf(outcome)).toBe(wordsOf(await plain.turn(turnOf(PREDIAL), desk)));
  expect(outcome.shaped?.map(({ used }) => used)).toEqual([false]);
});

test.each(['never', 'broken', 'cut'] as const)(
  'when it is away (%s), the answer comes all the same, and in time',
  async (mood) => {
    server.mood = mood;
    const began = performance.now();
    const outcome = await advised.turn(turnOf(PREDIAL), desk);
    const took = performance.now() - began;
    expect(wordsOf(outcome)).toBe(wordsOf(await plain.turn(turnOf(PREDIAL), desk)));
    expect(took).toBeLessThan(4 * TIMEOUT_MS);
  },
);

test('danger is none of its business', async () => {
  for (const text of ['auxilio se está quemando mi casa', 'mi esposo me golpea y me quiere matar']) {
    const outcome = await advised.turn(turnOf(text), desk);
    expect(outcome.handOff?.reason).toBe('danger');
    expect(wordsOf(outcome).split('\n')[0]).toContain('911');
  }
  expect(server.asked).toEqual([]);
});

test('in doubt it is heard, but what it says alone decides nothing', async () => {
  const doubtful = await firstDoubtful();
  const offered = offeredIn(await plain.turn(turnOf(doubtful), desk));
  const [, second = ''] = offered;
  server.answer = ({ messages }) =>
    messages[0]?.content.endsWith('{"question":"¿…?"}') ? '{}' : JSON.stringify({ id: second });
  const outcome = await advised.turn(turnOf(doubtful), desk);
  expect(offeredIn(outcome)[0]).toBe(second);
  expect(new Set(offeredIn(outcome))).toEqual(new Set(offered));
});

const offeredIn = ({ replies }: BotOutcome): string[] =>
  replies.flatMap((parts) =>
    parts.flatMap((part) => (part.type === 'choices' ? part.options.map(({ id }) => id) : [])),
  );

/** A sentence between two ids: which one is, is for what was learnt to say. */
async function firstDoubtful(): Promise<string> {
  const candidates = [
    'tengo un problema con la calle',
    'lo de la basura',
    'quiero saber del predial',
    'tema de árboles',
    'becas',
    'agua',
    'la calle está muy mal',
    'licencia',
  ];
  for (const text of candidates) {
    const outcome = await plain.turn(turnOf(text), desk);
    if (outcome.understood?.certainty === 'between' && offeredIn(outcome).length > 2) return text;
  }
  throw new Error('None of the sentences leaves a doubt any more');
}
