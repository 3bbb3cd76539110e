import { expect, test } from 'vitest';
import { phoneOf } from '../../server/contract/phone.ts';

test('one person has one number, however a provider writes it', () => {
  for (const written of [
    '+522291234567',
    '522291234567',
    '5212291234567',
    'whatsapp:+5212291234567',
    '+52 229 123 4567',
  ])
    expect(phoneOf(written)).toBe('+522291234567');
  expect(phoneOf('+15551234567')).toBe('+15551234567');
});

test('what is no number in international form is none', () => {
  for (const written of ['', '12345', 'MX.1349120865530274', 'VERACRUZ', '+0123456789', '+1234567890123456'])
    expect(phoneOf(written)).toBeNull();
});
