import { beforeAll, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { findDanger } from '../../bots/understanding/find-danger.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import { play } from '../support/bot-transcript.ts';
import { sampleCity } from '../support/sample-city.ts';

const desk = deskContent(await sampleCity());
const bot = createBot();

beforeAll(() => bot.prepare?.(desk), 300_000);

test('hears danger in the midst of something else', () =>
  play(
    { bot, desk },
    `
    Ana: predial
    Bot: …
    Ana: quiero pagar el predial
    Ana: espera, mi papá no respira
    Bot: …911…
    → urgente · danger · urgente
    Posible emergencia: «quiero pagar el predial espera, mi papá no respira»
    `,
  ));

test.each([
  'hay un incendio en mi casa',
  'hay un insendio',
  'es una emerjensia',
  'no, es una emergencia',
  'no es broma es una emergencia',
  'ay fuego en la bodega',
  'hay balasos afuera',
  'huele mucho a gas',
  'nos estan asaltando',
  'un niño se ahogó',
  'ya no quiero vivir',
  'chocaron y hay lesionados',
  "there's a fire",
  'he is not breathing',
  'I want to die',
])('«%s» is an emergency', (text) => expect(findDanger(text, desk.danger)).toBe('emergency'));

test.each([
  'me está siempre golpeando mi marido',
  'no sé qué hacer me están golpeando',
  'mi vecina dice que la golpea su esposo',
  'me kiere matar',
  'mi ex me amenasa',
  'le pegan a mi vecina',
  'sufro violencia de género',
  'my husband hits me',
])('«%s» is violence', (text) => expect(findDanger(text, desk.danger)).toBe('violence'));

test.each([
  'no es emergencia',
  'no es una emergencia',
  'no se trata de una emergencia',
  'no hay ningún incendio',
  'ya no hay fuego',
  'choque sin heridos',
  'no estoy en peligro',
  "it's not an emergency",
  'there is no fire',
  'permiso para fuegos artificiales',
  'simulacro de incendio',
  'están asfaltando mi calle',
  'quiero un subsidio',
  'cables volando con el viento',
  'se está quemando basura',
  'árbol en peligro de caer',
])('«%s» is no danger', (text) => expect(findDanger(text, desk.danger)).toBeNull());

test('no title of the catalogue sounds like danger, save those that are', () => {
  const alarming = [...desk.catalogue('es'), ...desk.catalogue('en')]
    .filter(({ title }) => findDanger(title, desk.danger))
    .map(({ id }) => id);
  expect(new Set(alarming)).toEqual(new Set(['violencia-genero', 'emergencia']));
});
