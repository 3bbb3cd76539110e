import { describe, expect, test } from 'vitest';
import { matching, slashAt } from '../../agent-console/src/composables/canned.ts';
import { segments } from '../../agent-console/src/composables/links.ts';
import { dialable, spokenPhone } from '../../agent-console/src/composables/phone.ts';
import { fillVariables } from '../../server/contract/fill-variables.ts';
import type { CannedReply } from '../../server/contract/http.ts';

describe('a canned reply', () => {
  const values = { 'citizen.name': 'Rosa', 'operator.name': 'Ana', 'city.name': 'Veracruz', 'ticket.number': '7' };
  const unnamed = { ...values, 'citizen.name': '' };

  test('fills in its variables', () => {
    expect(fillVariables('Hola, {{citizen.name}}. Soy {{ operator.name }}; contacto {{ticket.number}}.', values)).toBe(
      'Hola, Rosa. Soy Ana; contacto 7.',
    );
  });

  test('reads well when the name is not known', () => {
    expect(fillVariables('Hola, {{citizen.name}}. Soy {{operator.name}}.', unnamed)).toBe('Hola. Soy Ana.');
    expect(fillVariables('¿Sigues ahí, {{citizen.name}}?', unnamed)).toBe('¿Sigues ahí?');
    expect(fillVariables('{{citizen.name}}, este asunto no es del municipio.', unnamed)).toBe(
      'Este asunto no es del municipio.',
    );
    expect(fillVariables('Gracias, {{citizen.name}}, y disculpa.', unnamed)).toBe('Gracias, y disculpa.');
  });

  test('is found by its shortcut before its title and its text, without minding accents, in its own queue', () => {
    const reply = (shortcut: string, title: string, queueId: string | null = null): CannedReply => ({
      id: shortcut,
      shortcut,
      title,
      body: 'Una ubicación',
      queueId,
    });
    const replies = [reply('otra', 'Pedir ubicación'), reply('ubicacion', 'Dónde'), reply('ajena', 'X', 'tramites')];
    expect(matching(replies, 'ubicación', 'general').map(({ shortcut }) => shortcut)).toEqual(['ubicacion', 'otra']);
    expect(matching(replies, '', 'tramites')).toHaveLength(3);
  });

  test('is asked for by a slash at the start of a word, not inside one', () => {
    expect(slashAt('/ho', 3)).toEqual({ from: 0, typed: 'ho' });
    expect(slashAt('Hola /', 6)).toEqual({ from: 5, typed: '' });
    expect(slashAt('1/2', 3)).toBeNull();
    expect(slashAt('/hola amiga', 11)).toBeNull();
  });
});

describe('links in a text', () => {
  const links = (text: string) => segments(text).flatMap(({ href }) => href ?? []);

  test('end where the address ends', () => {
    expect(links('Mira https://example.org/a?b=1. También (www.example.org/x), ¿sí?')).toEqual([
      'https://example.org/a?b=1',
      'https://www.example.org/x',
    ]);
    expect(links('https://es.wikipedia.org/wiki/Puerto_(desambiguación)')).toEqual([
      'https://es.wikipedia.org/wiki/Puerto_(desambiguación)',
    ]);
  });

  test('are only of the web, and no text is lost', () => {
    const text = 'javascript:alert(1) <b>x</b> ftp://a.b https://example.org fin';
    expect(links(text)).toEqual(['https://example.org']);
    expect(
      segments(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  });
});

test('a phone is typed as people write it and shown as they say it', () => {
  expect(dialable('229 123 4567')).toBe('+522291234567');
  expect(dialable('+1 (305) 555-0100')).toBe('+13055550100');
  expect(spokenPhone('+522291234567')).toBe('+52 229 123 4567');
});
