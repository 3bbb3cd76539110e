import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../../server/contract/message.ts';
import { toPieces, type Wording } from '../../server/delivery/pieces.ts';
import { splitText } from '../../server/delivery/split-text.ts';

const text = (words: string): Part => ({ type: 'text', text: words });
const photo: Part = {
  type: 'media',
  attachmentId: '01999999-0000-7000-8000-000000000001',
  name: 'bache.jpg',
  mimeType: 'image/jpeg',
  size: 10,
};
const place: Part = { type: 'location', latitude: 19.2, longitude: -96.13 };
const menu = (count: number): Part => ({
  type: 'choices',
  options: Array.from({ length: count }, (_, i) => ({ id: `o${i}`, title: `Opción ${i + 1}` })),
});

const wording: Wording = {
  of(part) {
    if (part.type === 'text') return part.text;
    if (part.type === 'choices') return part.options.map(({ title }, i) => `${i + 1}. ${title}`).join('\n');
    return part.type === 'request' ? '' : `[${part.type}]`;
  },
  choose: 'Elige una opción:',
  byNumber: 'Responde con el número.',
};
const rich = { parts: new Set(['text', 'media', 'location', 'choices', 'template'] as const), textLength: 100 };
const plain = { parts: new Set(['text'] as const), textLength: 100 };

describe('a message in pieces', () => {
  test('words come together, each file and place by itself, in their order', () => {
    expect(toPieces([text('Hola.'), text('Mira:'), photo, place, text('¿Es ahí?')], rich, wording)).toEqual([
      [text('Hola.\n\nMira:')],
      [photo],
      [place],
      [text('¿Es ahí?')],
    ]);
  });

  test('choices stand under the words before them, or under a few of the city’s', () => {
    expect(toPieces([text('¿Qué pasó?'), menu(2)], rich, wording)).toEqual([[text('¿Qué pasó?'), menu(2)]]);
    expect(toPieces([photo, menu(2)], rich, wording)).toEqual([[photo], [text(wording.choose), menu(2)]]);
  });

  test('what the channel cannot carry is said in words; what says nothing is left out', () => {
    expect(toPieces([text('¿Qué pasó?'), menu(2), { type: 'request', wants: 'photo' }], plain, wording)).toEqual([
      [text('¿Qué pasó?\n\n1. Opción 1\n2. Opción 2\n\nResponde con el número.')],
    ]);
    expect(toPieces([{ type: 'request', wants: 'photo' }], plain, wording)).toEqual([]);
  });

  test('more choices than it can show are numbered, and those that it shows stand under no longer a text than it takes', () => {
    const narrow = { ...rich, choices: { most: 3, textLength: 20 } };
    expect(toPieces([text('Elige.'), menu(4)], narrow, wording)).toEqual([
      [text('Elige.\n\n1. Opción 1\n2. Opción 2\n3. Opción 3\n4. Opción 4\n\nResponde con el número.')],
    ]);
    expect(toPieces([text('Gracias por esperar. ¿Cuál es?'), menu(2)], narrow, wording)).toEqual([
      [text('Gracias por esperar.')],
      [text('¿Cuál es?'), menu(2)],
    ]);
  });
});

describe('a long text', () => {
  test('is cut where a sentence ends, else a line, else a word', () => {
    expect(splitText('Uno dos. Tres cuatro. Cinco seis siete.', 24)).toEqual([
      'Uno dos. Tres cuatro.',
      'Cinco seis siete.',
    ]);
    expect(splitText('uno dos tres\ncuatro cinco seis', 20)).toEqual(['uno dos tres', 'cuatro cinco seis']);
    expect(splitText('uno dos tres cuatro', 12)).toEqual(['uno dos tres', 'cuatro']);
    expect(splitText('¿Dijo «ya voy.» o no? Sí.', 23)).toEqual(['¿Dijo «ya voy.» o no?', 'Sí.']);
  });

  test('keeps an address of the web whole', () => {
    const url = 'https://veracruz.example.org/folio/VER-2026-000123?clave=abc.def';
    expect(splitText(`Tu folio está aquí: ${url} Guárdalo.`, 70)).toEqual([
      'Tu folio está aquí:',
      `${url}`,
      'Guárdalo.',
    ]);
  });

  test('keeps every character whole, as a reader sees it', () => {
    expect(splitText('👨‍👩‍👧‍👦'.repeat(3), 25)).toEqual(['👨‍👩‍👧‍👦'.repeat(2), '👨‍👩‍👧‍👦']);
  });

  test('loses nothing but blanks at the cuts, and no piece is too long or empty', () => {
    const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('. ', '\n', ' ')));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 60 }), (some, length) => {
        const whole = some.join('');
        const pieces = splitText(whole, length);
        expect(pieces.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
        expect(pieces.filter((piece) => piece.length > length || piece.trim() === '')).toEqual([]);
      }),
    );
  });
});
