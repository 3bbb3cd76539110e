import en from 'dictionary-en';
import es from 'dictionary-es-mx';
import { describe, expect, test } from 'vitest';
import { useOf } from '../../agent-console/src/composables/suggestion-use.ts';
import { propose } from '../../agent-console/src/spelling/propose.ts';
import { withoutPronouns } from '../../agent-console/src/spelling/spanish-verbs.ts';
import { createWordList } from '../../agent-console/src/spelling/word-list.ts';
import { wordsIn } from '../../agent-console/src/spelling/words-in.ts';
import { inFormOf } from '../../server/suggestions/in-form-of.ts';
import { createTurnstile } from '../../server/suggestions/turnstile.ts';
import { foreignLanguageOf } from '../../server/translation/language-of-text.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const spanish = createWordList(text(es.aff), text(es.dic), withoutPronouns);
const english = createWordList(text(en.aff), text(en.dic));
spanish.know(['Xicoténcatl', 'Veracruz']);

describe('spelling', () => {
  test.each(
    'información comunícate revisaremos pagándolo dígame descargándolo inundación están Veracruz VERACRUZ Calle podrías'.split(
      ' ',
    ),
  )('«%s» is right', (word) => expect(spanish.isRight(word)).toBe(true));

  test.each([
    ['informacion', 'información'],
    ['Informacion', 'Información'],
    ['desicion', 'decisión'],
    ['hize', 'hice'],
    ['nesesito', 'necesito'],
    ['porfavor', 'por favor'],
    ['gracais', 'gracias'],
    ['veracruz', 'Veracruz'],
    ['xicotencatl', 'Xicoténcatl'],
    ['vache', 'bache'],
  ])('«%s» is wrong, and was probably «%s»', (word, meant) => {
    expect(spanish.isRight(word)).toBe(false);
    expect(propose(word, spanish)[0]).toBe(meant);
  });

  test('what cannot be made sense of has no proposal, and takes no time', () => {
    expect(propose('xqzzvwkk', spanish)).toEqual([]);
  });

  test('English has its own', () => {
    expect(["we'll", 'isn’t', 'potholes', 'reported'].every(english.isRight)).toBe(true);
    expect(propose('recieve', english)[0]).toBe('receive');
  });

  test('words are looked at in their places; links, addresses, folios and variables are none', () => {
    const said =
      'Hola: tu folio VER-2026-000123 está en https://x.mx/asd, o a ana@exmple.org {{citizen.nme}} y el 079.';
    expect(wordsIn(said).map(({ word }) => word)).toEqual(['Hola', 'tu', 'folio', 'está', 'en', 'el']);
    for (const { word, from, to } of wordsIn(said)) expect(said.slice(from, to)).toBe(word);
  });
});

describe('a suggestion', () => {
  const inserted = {
    kind: 'article' as const,
    id: 'predial-pago',
    text: 'El predial se paga una vez al año.',
    language: 'es' as const,
  };
  test.each([
    ['El predial se paga una vez al año.', inserted, null, 'as_is'],
    ['Hola, Ana.\n\nEl predial se paga una vez al año.', inserted, null, 'as_is'],
    ['El predial se paga cada dos meses o una vez al año, como prefieras.', inserted, null, 'edited'],
    ['Te marco en un momento', inserted, null, 'ignored'],
    ['Te marco en un momento', null, inserted, 'ignored'],
  ])('«%s»', (sent, put, shown, use) => expect(useOf(sent, put, shown)?.use).toBe(use));

  test('is none where there was none', () => expect(useOf('Hola', null, null)).toBeUndefined());

  const article = [
    'Primero.',
    '',
    ...Array.from({ length: 9 }, (_, at) => `- ${at}: ${'palabra '.repeat(9).trim()}`),
    '',
    'Fin.',
  ];
  test('is a letter by mail, whole paragraphs and items by SMS, and as it stands elsewhere', () => {
    const whole = article.join('\n');
    expect(inFormOf('email', 'x', (body) => `Hola:\n\n${body}`)).toBe('Hola:\n\nx');
    expect(inFormOf('whatsapp', whole, String)).toBe(whole);
    const short = inFormOf('sms', whole, String);
    expect(short.length).toBeLessThanOrEqual(459);
    expect(whole.startsWith(`${short}\n`)).toBe(true);
    expect(inFormOf('sms', 'palabra '.repeat(99), String)).toBe('palabra '.repeat(99));
  });
});

test('so many are let in at once, and who waits too long is sent away', async () => {
  const turnstile = createTurnstile(1, 50);
  const gate = Promise.withResolvers<string>();
  const slow = turnstile.pass(() => gate.promise);
  expect(await turnstile.pass(async () => 'never begun')).toBeNull();
  expect(await slow).toBeNull();
  gate.resolve('late');
  await gate.promise;
  expect(await turnstile.pass(async () => 'next')).toBe('next');
});

test.each([
  ['Hello, I need help with the garbage in my street', 'en'],
  ['Bonjour, je cherche le musée pour ma famille', 'fr'],
  ['Olá, eu não sei onde é o museu', 'pt'],
  ['Guten Tag, wo ist das Museum für die Kinder', 'de'],
  ['你好，请问博物馆在哪里', 'zh'],
  ['Hola, quiero saber cómo pagar el predial', null],
  ['ok gracias', null],
  ['VER-2026-000123', null],
])('«%s» is written in %s', (said, language) => expect(foreignLanguageOf(said)).toBe(language));
