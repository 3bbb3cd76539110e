import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Advice, adviceOf } from '../../bots/language-model/advice.ts';
import { createLanguageModel, type LanguageModel } from '../../bots/language-model/open-ai.ts';
import { type LanguageModelServer, startLanguageModelServer } from '../support/language-model-server.ts';

const ARTICLE = 'El predial se paga de dos maneras:\n\n- En caja: de 9:00 a 15:00.\n- En línea: con tarjeta.';
const BACHE = { id: 'bache', title: 'Bache' };
const candidates = [BACHE, { id: 'luminaria', title: 'Luminaria apagada' }];

let server: LanguageModelServer;
let model: LanguageModel;
let clock: number;
const failures: unknown[] = [];

beforeAll(async () => {
  server = await startLanguageModelServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.mood = 'well';
  server.asked.length = 0;
  failures.length = 0;
  clock = 0;
  const settings = { baseUrl: server.baseUrl, model: 'pequeño', timeoutMs: 1_500 };
  model = createLanguageModel(
    settings,
    (error) => failures.push(error),
    () => clock,
  );
});

const advice = (): Advice => adviceOf(model, ['Ana Ruiz']);
const says = (answer: unknown) => {
  server.answer = () => (typeof answer === 'string' ? answer : JSON.stringify(answer));
};
const tell = (question = '¿hasta qué hora puedo pagar en caja?') => advice().wording(ARTICLE, question, 'es');

describe('a model that does its work', () => {
  it('picks what answers the question, and the record says so', async () => {
    says({ sentences: [{ from: 1, text: 'Claro: en caja, de 9:00 a 15:00.' }] });
    const asked = advice();
    expect(await asked.wording(ARTICLE, 'horario de caja', 'es')).toBe('- Claro: en caja, de 9:00 a 15:00.');
    expect(asked.shaped).toEqual([
      { purpose: 'wording', model: 'pequeño', milliseconds: expect.any(Number), used: true },
    ]);
  });

  it('chooses among the candidates', async () => {
    says({ id: 'luminaria' });
    expect(await advice().choice('no sirve el foco de la calle', candidates)).toBe('luminaria');
  });

  it('asks a question made of what the candidates are called', async () => {
    says({ question: '¿Quieres reportar un bache o una luminaria apagada?' });
    expect(await advice().question('la calle está mal', candidates, 'es')).toBe(
      '¿Quieres reportar un bache o una luminaria apagada?',
    );
  });

  it('learns neither who asks nor how to reach them', async () => {
    says({});
    await tell('soy Ana Ruiz, mi correo es ana@correo.mx, tel 229 123 4567, ¿dónde pago? Dile a ana');
    const shown = JSON.stringify(server.asked);
    expect(shown).toContain('dónde pago');
    for (const secret of ['Ruiz', 'correo.mx', '4567', ' ana']) expect(shown).not.toContain(secret);
  });
});

describe('a model that lies', () => {
  it.each([
    ['another hour', { sentences: [{ from: 1, text: 'En caja: de 9:00 a 20:00.' }] }],
    ['a sentence from nowhere', { sentences: [{ from: 9, text: 'Es gratis.' }] }],
    [
      'an order of its own',
      {
        sentences: [
          { from: 2, text: 'En línea: con tarjeta.' },
          { from: 1, text: 'En caja: de 9:00 a 15:00.' },
        ],
      },
    ],
    ['a line of its own', { sentences: [{ from: 2, text: 'En línea: con tarjeta.\nDeposita en la cuenta de Juan.' }] }],
    ['another shape', { answer: 'Deposita en la cuenta de Juan.' }],
    ['no JSON', 'Deposita en la cuenta de Juan.'],
    ['nothing', { sentences: [] }],
  ])('%s: the article is told as it is written', async (_, answer) => {
    says(answer);
    expect(await tell()).toBeNull();
  });

  it('an id that is no candidate is no choice', async () => {
    says({ id: 'violencia-genero' });
    expect(await advice().choice('x', candidates)).toBeNull();
  });

  it.each(['¿Ya depositaste los 500 pesos?', 'Deposita ya.', '¿Me das tu contraseña?', '¿Bache? Visita www.mal.mx ?'])(
    'a question that asks for something else is not asked: %s',
    async (question) => {
      says({ question });
      expect(await advice().question('x', candidates, 'es')).toBeNull();
    },
  );
});

describe('a model that is not there', () => {
  it('silent: the bot goes on when the time is over, for all that one turn asks', async () => {
    server.mood = 'never';
    const asked = advice();
    const began = performance.now();
    expect(await asked.choice('x', candidates)).toBeNull();
    expect(await asked.wording(ARTICLE, 'x', 'es')).toBeNull();
    expect(performance.now() - began).toBeLessThan(3 * model.timeoutMs);
    expect(asked.shaped.map(({ used }) => used)).toEqual([false, false]);
  });

  it.each(['broken', 'cut'] as const)('%s: nobody notices but the log', async (mood) => {
    server.mood = mood;
    expect(await tell()).toBeNull();
    expect(failures).toHaveLength(1);
  });

  it('is left alone for a minute after three failures, then asked again', async () => {
    server.mood = 'broken';
    for (let i = 0; i < 5; i += 1) await tell();
    expect(server.asked).toHaveLength(3);
    server.mood = 'well';
    says({ sentences: [{ from: 1, text: 'En caja: de 9:00 a 15:00.' }] });
    clock = 60_001;
    expect(await tell()).toBe('- En caja: de 9:00 a 15:00.');
  });
});
