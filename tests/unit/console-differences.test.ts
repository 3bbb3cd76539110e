import { expect, test } from 'vitest';
import { differences } from '../../agent-console/src/composables/differences.ts';
import { looksPersonal } from '../../agent-console/src/composables/personal-data.ts';

const written = (before: string, after: string) =>
  differences(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}[${text}]`))
    .join('');

test('what was added and removed between two texts is told word by word', () => {
  expect(written('se paga en caja', 'se paga en línea')).toBe('se paga en-[ caja]+[ línea]');
  expect(written('se paga', 'hoy se paga')).toBe('+[hoy] se paga');
  expect(written('', 'nuevo')).toBe('+[nuevo]');
  expect(written('viejo', '')).toBe('-[viejo]');
  expect(written('igual que antes', 'igual que antes')).toBe('igual que antes');
});

test('put together without what was removed, the pieces are the new text', () => {
  const before = 'El predial se paga una vez al año.\n\n- En línea\n- En caja';
  const after = 'El predial se paga cada bimestre.\n\n- En línea, con tarjeta\n- En bancos';
  const pieces = differences(before, after).filter(({ kind }) => kind !== 'removed');
  expect(pieces.map(({ text }) => text).join('')).toBe(after);
});

test('telephones, addresses and CURP look personal; amounts and years do not', () => {
  for (const text of ['márcame al 229 123 4567', 'soy lupe@correo.mx', 'GARC800101HVZRRL09']) {
    expect(looksPersonal(text), text).toBe(true);
  }
  for (const text of ['debo 1,250 de predial', 'desde 2024 no pasa', 'calle 16 número 120']) {
    expect(looksPersonal(text), text).toBe(false);
  }
});
