import { describe, expect, test } from 'vitest';
import { windowAt } from '../../agent-console/src/composables/messaging-window.ts';
import { filledVariables, templatePieces } from '../../agent-console/src/composables/template-text.ts';

describe('the window of a conversation', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const closing = (windowClosesAt: string | null) => windowAt({ windowClosesAt }, now);

  test('has no end where the channel sets none', () => {
    expect(closing(null)).toEqual({ state: 'always' });
  });

  test('counts down without promising a minute too many, and is soon over below two hours', () => {
    expect(closing('2026-11-23T11:59:59Z')).toMatchObject({ state: 'open', hours: 23, minutes: 59, soon: false });
    expect(closing('2026-11-22T14:00:00Z')).toMatchObject({ hours: 2, soon: false });
    expect(closing('2026-11-22T13:59:59Z')).toMatchObject({ hours: 1, minutes: 59, soon: true });
    expect(closing('2026-11-22T12:00:30Z')).toMatchObject({ hours: 0, minutes: 0, soon: true });
  });

  test('is closed from its last moment on', () => {
    expect(closing('2026-11-22T12:00:00Z')).toEqual({ state: 'closed' });
    expect(closing('2026-11-21T12:00:00Z')).toEqual({ state: 'closed' });
  });
});

describe('a template', () => {
  const template = {
    body: 'Hola, {{1}}. Tu folio {{2}} está en proceso, {{1}}.',
    variables: [
      { label: { es: 'Nombre', en: 'Name' }, example: 'Rosa' },
      { label: { es: 'Folio', en: 'Folio' }, example: 'VER-2026-000123' },
    ],
  };

  test('shows its examples until they are filled in, wherever they stand', () => {
    expect(templatePieces(template, [' Luz ', ''])).toEqual([
      { text: 'Hola, ', kind: 'words' },
      { text: 'Luz', kind: 'filled' },
      { text: '. Tu folio ', kind: 'words' },
      { text: 'VER-2026-000123', kind: 'example' },
      { text: ' está en proceso, ', kind: 'words' },
      { text: 'Luz', kind: 'filled' },
      { text: '.', kind: 'words' },
    ]);
  });

  test('can go once nothing is missing', () => {
    expect(filledVariables(template, ['Luz'])).toBeNull();
    expect(filledVariables(template, ['Luz', '  '])).toBeNull();
    expect(filledVariables(template, [' Luz ', 'VER-2026-000001', 'left over'])).toEqual(['Luz', 'VER-2026-000001']);
  });
});
