import { describe, expect, it } from 'vitest';
import { isFaithful, sentencesOf } from '../../bots/language-model/faithful.ts';
import { redact } from '../../bots/language-model/redact.ts';

const SOURCE =
  'En caja: en las oficinas de Tesorería, de 9:00 a 15:00, con el último recibo o la clave. No aceptan cheques.';

describe('a sentence of a model against its source', () => {
  it.each([
    ['the source itself', SOURCE],
    ['shorter', 'En caja, de 9:00 a 15:00. No aceptan cheques.'],
    ['with courtesy around it', 'Claro: en caja, en Tesorería, con el último recibo. No aceptan cheques.'],
    ['in another form of its words', 'En la caja de la oficina de Tesorería. No acepta cheques.'],
  ])('%s is told', (_, sentence) => {
    expect(isFaithful(sentence, SOURCE)).toBe(true);
  });

  it.each([
    ['another hour', 'En caja, de 9:00 a 18:00. No aceptan cheques.'],
    ['a fact that is not there', 'En caja es gratis. No aceptan cheques.'],
    ['the opposite', 'En caja aceptan cheques.'],
    ['a limit that is gone', 'En caja, en Tesorería, con el último recibo.'],
    ['a limit that was never there', 'En caja solo con el último recibo. No aceptan cheques.'],
    ['another order', 'Con la clave o el recibo, en caja. No aceptan cheques.'],
    ['a telephone', 'En caja, o llama al 2291234567. No aceptan cheques.'],
    ['a link', 'En caja o en https://pagos.example.org. No aceptan cheques.'],
    ['nothing at all', 'Claro que sí.'],
    ['nothing', ''],
  ])('%s is not', (_, sentence) => {
    expect(isFaithful(sentence, SOURCE)).toBe(false);
  });

  it('tells an article apart by its lines and sentences', () => {
    expect(sentencesOf('Hay dos maneras:\n\n- En línea: con tarjeta. Guarda el recibo.\n- En caja.')).toEqual([
      'Hay dos maneras:',
      '- En línea: con tarjeta.',
      'Guarda el recibo.',
      '- En caja.',
    ]);
  });
});

describe('what a model is shown', () => {
  it.each([
    ['mi tel es 229 123 4567, márcame', 'mi tel es [número], márcame'],
    ['escríbeme a ana.ruiz@correo.mx', 'escríbeme a [correo]'],
    ['mi CURP es RUAA800101MVZSNN09', 'mi CURP es [clave]'],
    ['soy Ana Ruiz y quiero pagar', 'soy [nombre] y quiero pagar'],
    ['cómo va VER-2026-000123', 'cómo va [folio]'],
    ['vivo en Xalapa 450', 'vivo en [domicilio]'],
    ['le dicen ana y su basura', 'le dicen [nombre] y su basura'],
    ['¿cuánto cuesta el acta?', '¿cuánto cuesta el acta?'],
  ])('%s', (text, shown) => {
    expect(redact(text, ['Ana Ruiz'])).toBe(shown);
  });
});
