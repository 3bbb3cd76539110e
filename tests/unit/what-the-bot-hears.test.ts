import { expect, test } from 'vitest';
import { findContact, readContact } from '../../bots/dialogs/hearing/contact.ts';
import { findCorrection } from '../../bots/dialogs/hearing/correction.ts';
import { findFolio, findSecret } from '../../bots/dialogs/hearing/folio.ts';
import { findOnBehalf } from '../../bots/dialogs/hearing/on-behalf.ts';
import { spelledOut, writeDown } from '../../bots/dialogs/hearing/spoken.ts';
import { isUpset } from '../../bots/dialogs/hearing/upset.ts';
import { wantsToCancel, wantsToSend, wantsToSkip } from '../../bots/dialogs/hearing/wishes.ts';

test.each([
  ['ver 2026 123', 'VER-2026-000123'],
  ['mi folio es VER-2026-000123', 'VER-2026-000123'],
  ['VER2026000123', 'VER-2026-000123'],
  ['folio 123', 'VER-2026-000123'],
  ['folio 2025/7', 'VER-2025-000007'],
  ['hay un bache desde 2026', null],
  ['mi tel es 2291234567', null],
])('the folio in «%s» is %s', (text, folio) => expect(findFolio(text, 'VER', 2026)).toBe(folio));

test('a bare number is a folio, and eight signs a key, only when asked for', () => {
  expect(findFolio('es el 45', 'VER', 2026)).toBeNull();
  expect(findFolio('es el 45', 'VER', 2026, true)).toBe('VER-2026-000045');
  expect(findSecret('la clave K7QX-4M2P')).toBe('K7QX4M2P');
  expect(findSecret('k7qx 4m2p')).toBeNull();
  expect(findSecret('k7qx 4m2p', true)).toBe('K7QX4M2P');
});

test.each([
  ['soy Ana Ruiz y mi tel es 2291234567', { name: 'Ana Ruiz', phone: '+522291234567' }],
  ['me llamo rosa de la cruz, rosa@example.com', { name: 'Rosa de la Cruz', email: 'rosa@example.com' }],
  ['mi cel 229 123 45 67', { phone: '+522291234567' }],
  ['soy vecina de la colonia', {}],
  ['my name is John Smith', { name: 'John Smith' }],
  ['I am very upset', {}],
  ['folio VER 2026 000123', {}],
])('the contact in «%s»', (text, contact) => expect(findContact(text).contact).toEqual(contact));

test('asked for a contact, a bare name is one, and «sí» is not', () => {
  expect(readContact('Ana Ruiz')).toEqual({ name: 'Ana Ruiz' });
  expect(readContact('sí')).toEqual({});
});

test.each([
  ['no, es en la colonia reforma', 'place', 'en la colonia reforma'],
  ['no era bache, es fuga', 'service', 'fuga'],
  ['cambia la dirección', 'place', null],
  ['mi nombre está mal, cambia el nombre', 'contact', null],
])('«%s» corrects %s', (text, slot, value) => expect(findCorrection(text)).toEqual({ slot, value }));

test('what is told corrects nothing', () => {
  expect(findCorrection('en hidalgo y madero')).toBeNull();
  expect(findCorrection('se cayó una moto')).toBeNull();
});

test.each(['cancelar', 'ya no', 'mejor no, gracias', 'olvídalo', 'never mind'])('«%s» cancels', (text) =>
  expect(wantsToCancel(text)).toBe(true),
);
test.each(['ya no hay luz', 'no pasa la basura', 'no quiero que se caiga el árbol'])('«%s» cancels nothing', (text) =>
  expect(wantsToCancel(text)).toBe(false),
);

test('a wish to skip and a wish to send are told apart', () => {
  expect(['saltar', 'no tengo foto', 'prefiero no dar datos', 'anónimo'].every(wantsToSkip)).toBe(true);
  expect(['sí', 'sí, envíalo', 'dale', 'yes, send it'].every(wantsToSend)).toBe(true);
  expect(wantsToSend('no')).toBe(false);
});

test('whom a report is for', () => {
  expect(findOnBehalf('reporto por mi mamá: no tiene agua')).toEqual({ relation: 'mamá', name: null });
  expect(findOnBehalf('lo pido a nombre de mi abuela, Rosa Díaz')).toEqual({ relation: 'abuela', name: 'Rosa Díaz' });
  expect(findOnBehalf('hay un bache por mi casa')).toBeNull();
});

test.each([
  'estoy desesperada, nadie me hace caso',
  'son unos inútiles',
  'PINCHE AYUNTAMIENTO DE MIERDA',
  'nobody listens to me',
])('«%s» is for a person', (text) => expect(isUpset(text)).toBe(true));
test.each(['hay un pinche bache enorme', 'hay mucha basura', 'LUMINARIA APAGADA EN MI CALLE', 'gracias, muy amables'])(
  '«%s» is not',
  (text) => expect(isUpset(text)).toBe(false),
);

test.each([
  ['ve e erre guion dos mil veintiséis guion cero cero cero uno dos tres', 'VER-2026-000123'],
  ['ver dos mil veintiséis cero cero cero ciento veintitrés', 'ver 2026-000123'],
  ['my folio is V E R dash twenty twenty six dash zero zero zero one two three', 'my folio is VER-2026-000123'],
  ['mi teléfono es dos veintinueve ciento veintitrés cuarenta y cinco sesenta y siete', 'mi teléfono es 2291234567'],
  ['ana punto ruiz arroba gmail punto com', 'ana.ruiz@gmail.com'],
  ['nueve once', '911'],
  ['hay dos baches en la calle hidalgo ciento veinte', 'hay dos baches en la calle hidalgo 120'],
  ['una luminaria en veinte de noviembre y cinco de mayo', 'una luminaria en 20 de noviembre y 5 de mayo'],
  ['mil gracias', 'mil gracias'],
  ['dos', '2'],
])('«%s» spoken is «%s» written', (said, written) => expect(writeDown(said)).toBe(written));

test.each([
  ['ka siete cu equis guion cuatro eme de mamá dos pe de papá', 'K7QX-4M2P'],
  ['la clave es k 7 q x 4 m 2 p', 'K7QX4M2P'],
  ['kay seven queue ex dash four em as in mike two pee', 'K7QX-4M2P'],
  ['be de bueno uve de vaca doble u i griega', 'BVWY'],
])('signs spelled as «%s» are %s', (said, signs) => expect(spelledOut(said)).toBe(signs));

test.each([
  ['26000123', 'VER-2026-000123'],
  ['2025000007', 'VER-2025-000007'],
  ['000123', 'VER-2026-000123'],
])('the keys %s are the folio %s', (keys, folio) => expect(findFolio(keys, 'VER', 2026, true)).toBe(folio));
