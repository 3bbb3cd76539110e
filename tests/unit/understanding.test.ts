import { expect, test } from 'vitest';
import { languageOf } from '../../bots/understanding/language-of.ts';
import { fold, wordsOf } from '../../bots/understanding/normalise.ts';
import { requestsIn, withoutTakenBack } from '../../bots/understanding/requests.ts';
import { respellBy } from '../../bots/understanding/respell.ts';
import { understand } from '../../bots/understanding/understand.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import { sampleCity } from '../support/sample-city.ts';

const desk = deskContent(await sampleCity());
const meant = (text: string) => understand(text, desk);

test.each([
  ['xq no an benido x la vasura', 'porque no an benido por la vasura'],
  ['¿Dnd pago? toy en la col. centro', 'donde pago estoy en la colonia centro'],
  ['el constructor dejó __proto__ escombro', 'el constructor dejo proto escombro'],
])('«%s» is read as «%s»', (typed, read) => expect(wordsOf(typed).join(' ')).toBe(read));

test.each([
  ['vasura', 'basura'],
  ['kiero', 'quiero'],
  ['lisensia', 'licencia'],
  ['bacheeee', 'bache'],
])('«%s» sounds like «%s»', (misspelt, word) => expect(fold(misspelt)).toBe(fold(word)));

test('a slip of the finger finds its word, the commonest of several', () => {
  const respell = respellBy(new Map(Object.entries({ semaforo: 9, predial: 5, carta: 1, karta: 0 })));
  expect(['semaforp', 'semafor', 'seamforo', 'predisal', 'xilofono', 'mesa'].map(respell)).toEqual([
    'semaforo',
    'semaforo',
    'semaforo',
    'predial',
    'xilofono',
    'mesa',
  ]);
});

test.each([
  ['no quiero reportar un bache, quiero pagar el predial', 'predial-pago'],
  ['no es por el predial, es para saber cómo saco una licencia de funcionamiento', 'licencia-funcionamiento'],
  ['no es emergencia, nada más hay un perro muerto en mi calle', 'animal-muerto'],
  ["I don't want to report a pothole, I want to pay my property tax", 'predial-pago'],
])('what is taken back does not count: «%s»', async (text, id) => {
  expect(await meant(text)).toMatchObject({ certainty: 'sure', id });
});

test('a complaint is not taken back, and what only takes back is never sure', async () => {
  expect(withoutTakenBack('no es posible que no pase la basura, ya van dos semanas').text).toContain('no es posible');
  expect((await meant('no quiero pagar el predial')).certainty).not.toBe('sure');
});

test.each([
  ['hay un bache en mi calle y también quiero pagar mi predial', ['bache', 'predial-pago']],
  ['no ha pasado la basura. Además no sirve la lámpara de la esquina', ['basura-no-recolectada', 'luminaria']],
  ['quiero reportar una fuga de agua y un árbol caído', ['fuga-agua', 'arbol-riesgo']],
  [
    'cómo saco mi cartilla militar? y cómo saco una constancia de residencia',
    ['cartilla-militar', 'constancia-residencia'],
  ],
])('two requests are both taken: «%s»', async (text, ids) => {
  const { certainty, id, also } = await meant(text);
  expect({ certainty, ids: [id, ...also] }).toEqual({ certainty: 'sure', ids });
});

test.each([
  'hay mesas y sillas de un restaurante en la banqueta',
  'horario y dirección del registro civil',
  'el poste y los cables están a punto de caerse',
])('one request with an «y» stays one: «%s»', async (text) => expect((await meant(text)).also).toEqual([]));

test('a question in two sentences is split in two, a word pair in its parts', () => {
  expect(requestsIn('un bache. Y además una fuga').parts).toEqual(['un bache.', 'una fuga']);
  expect(requestsIn('un bache y una fuga')).toEqual({ parts: ['un bache', 'una fuga'], joined: 'perhaps' });
});

test('the point of a long story counts, though it comes last', async () => {
  const story = `Buenas tardes, mire usted, yo vivo en la colonia Zaragoza desde hace veinte años y nunca me había quejado.
    Mi mamá ya está grande y mis hijos van a la escuela de aquí cerca. Mi cuñada me dijo que les escribiera porque a ella
    sí le hicieron caso. La verdad ya estamos cansados. Lo que pasa es que el semáforo de la esquina no sirve.`;
  expect(await meant(story)).toMatchObject({ id: 'semaforo' });
});

test.each(['predial', 'licencia', 'se fue la luz'])('«%s» alone is asked back, not guessed', async (text) => {
  const { certainty, candidates } = await meant(text);
  expect(certainty).toBe('between');
  expect(candidates.length).toBeGreaterThan(0);
});

test.each(['', '   ', '¿?', '🙂', 'xilófono', '\u0000\u0007', 'asdf ghjk'])('of «%s» nothing is made', async (text) => {
  expect(await meant(text)).toMatchObject({ certainty: 'unsure', id: 'ninguno' });
});

test.each([
  ['there is a huge pothole', 'en'],
  ['how do I pay my fine?', 'en'],
  ['hay un bache en la calle', 'es'],
  ['bache', 'es'],
  ['quiero un ticket de la app', 'es'],
])('«%s» is written in %s', (text, locale) => expect(languageOf(text)).toBe(locale));

test.each([
  ['blanks', `bache${' '.repeat(9_990)}grande`],
  ['line breaks', 'bache\n'.repeat(1_600)],
  ['joints', 'bache y '.repeat(1_200)],
  ['denials', 'no hay una '.repeat(900)],
  ['one word', 'a'.repeat(10_000)],
])('a message as long as may be, full of %s, is read without delay', { timeout: 5_000 }, async (_, text) => {
  expect(await meant(text)).toHaveProperty('certainty');
});
