import { describe, expect, test } from 'vitest';
import { sayText, toEar } from '../../server/calls/ear/to-ear.ts';

describe('what is written becomes what is heard', () => {
  test.each([
    [
      'Tu folio es VER-2026-000123.',
      'Tu folio es V, E, R, guion, dos mil veintiséis, guion, cero, cero, cero, uno, dos, tres.',
    ],
    ['Tu clave: K7QX-4M2P', 'Tu clave: K, siete, Q, X, guion, cuatro, M de mamá, dos, P de papá.'],
    ['Llama al 911 o al 079, opción 1.', 'Llama al nueve once o al cero siete nueve, opción 1.'],
    ['Marca al 229 123 4567', 'Marca al dos dos nueve, uno dos tres, cuatro cinco, seis siete.'],
    ['Marca al +52 55 1234 5678.', 'Marca al cinco cinco uno, dos tres cuatro, cinco seis, siete ocho.'],
    ['Cuesta $1,250.50 y la copia $35.', 'Cuesta 1250 pesos con 50 centavos y la copia 35 pesos.'],
    ['De 9:00 a 15:30 h; sábados 12:00.', 'De 9 de la mañana a 3 y media de la tarde; sábados 12 del día.'],
    ['Vence el 2026-12-07 o el 07/12/2026', 'Vence el 7 de diciembre de 2026 o el 7 de diciembre de 2026.'],
    ['Escribe a atencion@veracruz.gob.mx', 'Escribe a atencion arroba veracruz punto gob punto mx.'],
    ['Entra a https://www.veracruz.gob.mx/', 'Entra a veracruz punto gob punto mx.'],
    ['Paga en [la página de pagos](https://pagos.example.org/a?b=1).', 'Paga en la página de pagos.'],
    [
      'Av. Díaz Mirón #20, Col. Centro, a 30 m; 50 % de descuento',
      'avenida Díaz Mirón número 20, colonia Centro, a 30 metros; 50 por ciento de descuento.',
    ],
    [
      '## Requisitos\n\n- **CURP** 🪪\n- Comprobante de *domicilio*\n\nListo ✅',
      'Requisitos. CURP. Comprobante de domicilio. Listo.',
    ],
    ['Hay 142,499 personas y 3-4 módulos', 'Hay 142499 personas y 3 a 4 módulos.'],
  ])('%s', (written, heard) => {
    expect(sayText(written, 'es')).toBe(heard);
  });

  test.each([
    [
      'Your folio is VER-2026-000123.',
      'Your folio is V, E, R, dash, two thousand and twenty-six, dash, zero, zero, zero, one, two, three.',
    ],
    ['Key K7QX-4M2P', 'Key K as in Kilo, seven, Q, X, dash, four, M as in Mike, two, P as in Papa.'],
    ['Call 911, from 9:00 to 18:30.', 'Call nine one one, from 9 a.m. to 6 30 p.m.'],
    ['It costs $35.00 on 2026-12-07.', 'It costs 35 pesos on 7 December 2026.'],
  ])('%s', (written, heard) => {
    expect(sayText(written, 'en')).toBe(heard);
  });

  test('a link that nobody could write down is offered, or left out where nothing can be sent', () => {
    const text = 'Ve los requisitos en https://veracruz.gob.mx/tramites/predial?id=20.';
    expect(sayText(text, 'es', { canText: true })).toBe(
      'Ve los requisitos en un enlace que te puedo mandar por mensaje.',
    );
    expect(sayText(text, 'es')).toBe('Ve los requisitos en la página del municipio.');
  });
});

describe('what may be answered', () => {
  const options = ['Reportar un bache', 'Actas del Registro Civil', 'No pasó la basura', 'Sí, gracias'].map(
    (title, i) => ({
      id: String(i),
      title,
    }),
  );

  test('choices are told with their keys, and one key is enough', () => {
    const ear = toEar(
      [
        { type: 'text', text: '¿En qué te ayudo?' },
        { type: 'choices', options },
      ],
      'es',
    );
    expect(ear.text).toBe(
      '¿En qué te ayudo? Para reportar un bache, marca 1. Para actas del Registro Civil, marca 2. No pasó la basura: marca 3. Sí, gracias: marca 4.',
    );
    expect(ear.keys).toEqual({ most: 1, finishOn: null });
    expect(ear.hints).toContain('Reportar un bache');
  });

  test('in English', () => {
    const titles = ['Report a pothole', 'Civil registry certificates', 'Yes, it is'];
    const ear = toEar([{ type: 'choices', options: titles.map((title, i) => ({ id: String(i), title })) }], 'en');
    expect(ear.text).toBe(
      'To report a pothole, press 1. For civil registry certificates, press 2. Yes, it is: press 3.',
    );
  });

  test('without choices a number may be keyed; cards and requests are for the eye', () => {
    const ear = toEar(
      [
        { type: 'text', text: '¿Qué folio quieres revisar?' },
        { type: 'request', wants: 'photo' },
        {
          type: 'folio',
          folio: 'VER-2026-000001',
          title: 'Bache',
          status: 'received',
          promisedFor: '2026-12-07',
          secret: null,
          link: 'https://example.org/folio',
        },
      ],
      'es',
    );
    expect(ear).toEqual({
      text: '¿Qué folio quieres revisar?',
      choices: [],
      keys: { most: 10, finishOn: '#' },
      hints: [],
    });
  });
});
