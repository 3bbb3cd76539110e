import { beforeAll, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { asksForPerson } from '../../bots/understanding/asks-for-person.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import { play } from '../support/bot-transcript.ts';
import { sampleCity } from '../support/sample-city.ts';

const desk = deskContent(await sampleCity());
const bot = createBot();

beforeAll(() => bot.prepare?.(desk), 300_000);

test('hands off by the button of the menu', () =>
  play(
    { bot, desk },
    `
    Ana: hola
    Bot: …
    Ana: [Hablar con una persona]
    Bot: Claro. …
    → la fila general · asked
    Pidió hablar con una persona.
    El asistente no alcanzó a responder nada.
    `,
  ));

test('tells the operator no more than two lines, however much was written', () =>
  play(
    { bot, desk },
    `
    Ana: ${'es una historia muy larga '.repeat(30)}
    Bot: …
    Ana: operador
    Bot: …
    → la fila general · asked
    Escribió: «es una historia muy larga … es…»
    El asistente no alcanzó a responder nada.
    `,
  ));

test.each([
  'operador',
  'Operadora por favor',
  'operadro',
  'un humano!!',
  'asesor',
  'persona real',
  'alguien real',
  'una persona de verdad',
  'quiero hablar con alguien',
  'kiero ablar con una prsona',
  'me puede atender una persona',
  '¿me pueden pasar con un asesor, por favor?',
  'comuníqueme con un operador',
  'necesito una persona real',
  'no quiero hablar con un robot',
  'no, quiero hablar con una persona',
  '¿hay alguien que me atienda?',
  'me urge hablar con una persona',
  'talk to a person',
  'I want to speak to a human',
  'can I talk to someone?',
  'agent',
  'real person please',
  'let me talk to somebody',
])('«%s» asks for a person', (text) => expect(asksForPerson(text)).toBe(true));

test.each([
  'quiero denunciar a un agente de tránsito',
  'alguien se robó la tapa de la coladera',
  'una persona tiró basura en mi calle',
  'quiero reportar a una persona',
  'no quiero hablar con una persona',
  'pensión para personas adultas mayores',
  'hay mucha gente tirando basura',
  'where is the human resources office',
])('«%s» does not', (text) => expect(asksForPerson(text)).toBe(false));
