import { describe, expect, test } from 'vitest';
import { forwardedOf } from '../../agent-console/src/composables/forwarded.ts';
import { addressLine, bareSubject, restOf } from '../../agent-console/src/composables/mail.ts';
import { isAddress, parseRecipients, withRecipients } from '../../agent-console/src/composables/recipients.ts';
import { fillSignature } from '../../agent-console/src/composables/signature.ts';
import { emailSchema } from '../../server/contract/channel.ts';

const addresses = (text: string) => parseRecipients(text).found.map(({ address }) => address);

describe('recipients', () => {
  test('are read one by one or several at once, with or without names', () => {
    expect(parseRecipients('"Ruiz, Ana" <ana@example.org>; beto@example.org').found).toEqual([
      { address: 'ana@example.org', name: 'Ruiz, Ana' },
      { address: 'beto@example.org', name: null },
    ]);
    expect(addresses('a@example.org b@example.org\nc@example.org, mailto:d@example.org;')).toEqual([
      'a@example.org',
      'b@example.org',
      'c@example.org',
      'd@example.org',
    ]);
  });

  test('that are none stay where they were typed', () => {
    expect(parseRecipients('ana@example.org, beto@')).toEqual({
      found: [{ address: 'ana@example.org', name: null }],
      rest: 'beto@',
    });
    expect(parseRecipients('Ana Ruiz <ana>').rest).toBe('Ana Ruiz <ana>');
    expect(parseRecipients('  ')).toEqual({ found: [], rest: '' });
  });

  test('are addresses here if and only if they are to the server', () => {
    const candidates = [
      'ana@example.org',
      'Ana.Ruiz+tramite@sub.example.com.mx',
      "o'neil@example.org",
      'ana@example',
      '.ana@example.org',
      'ana.@example.org',
      'ana..ruiz@example.org',
      'ana@-example.org',
      'ana ruiz@example.org',
      'ana@example.org.',
      '@example.org',
      'añil@example.org',
    ];
    for (const each of candidates) expect(isAddress(each), each).toBe(emailSchema.safeParse(each).success);
  });

  test('are listed once, whatever their capitals', () => {
    const ana = { address: 'ana@example.org', name: 'Ana' };
    expect(withRecipients([ana], [{ address: 'ANA@example.org', name: null }])).toEqual([ana]);
  });
});

describe('a mail in the timeline', () => {
  test('says its subject only where it is not the subject of the contact', () => {
    for (const same of [
      'Re: Fuga de agua',
      'RV: RE: Fuga  de agua [#12]',
      'Re[2]: fuga de agua',
      'Fuga de agua [#12]',
    ]) {
      expect(bareSubject(same), same).toBe('fuga de agua');
    }
    expect(bareSubject('Fuera de la oficina: Fuga de agua')).not.toBe('fuga de agua');
    expect(bareSubject('Reparto de agua')).toBe('reparto de agua');
  });

  test('shows behind its text what was trimmed, and the whole where it was written between the lines', () => {
    expect(restOf('Hola.\n\n-- \nAna', 'Hola.')).toEqual({ text: '-- \nAna', tail: true });
    expect(restOf('> ¿Cuándo?\nMañana.', 'Mañana.')).toEqual({ text: '> ¿Cuándo?\nMañana.', tail: false });
  });

  test('names people as they are known', () => {
    expect(addressLine({ address: 'ana@example.org', name: 'Ana' })).toBe('Ana <ana@example.org>');
    expect(addressLine({ address: 'ana@example.org', name: null })).toBe('ana@example.org');
    expect(addressLine({ address: '', name: 'Ana' })).toBe('Ana');
  });

  test('is signed by its queue', () => {
    const values = { 'operator.name': 'Ana', 'queue.name': 'General', 'city.name': 'Veracruz' };
    expect(fillSignature('{{operator.name}}\n{{ queue.name }} · {{city.name}}{{otra}}\n', values)).toBe(
      'Ana\nGeneral · Veracruz',
    );
  });
});

test('what an event tells of a department is read whatever is missing from it', () => {
  const event = {
    id: 1,
    ticketId: 'ticket',
    type: 'forward_failed' as const,
    at: '2026-03-09T18:00:00.000Z',
    actor: { type: 'system' as const, id: null, name: null },
  };
  expect(forwardedOf({ ...event, data: { department: 'alumbrado', reason: null, files: 'x' } })).toEqual({
    department: 'alumbrado',
    address: '',
    text: '',
    reason: '',
    files: [],
  });
});
