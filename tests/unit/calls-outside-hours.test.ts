import { expect, test } from 'vitest';
import type { CallerScene } from '../../server/calls/caller/caller-scene.ts';
import { whenItOpens } from '../../server/calls/caller/outside-hours.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import type { Locale } from '../../server/contract/errors.ts';
import { sampleCity } from '../support/sample-city.ts';

const city = await sampleCity();

function opens(opensAt: string, now: string, locale: Locale = 'es'): string {
  const scene = {
    context: { city, desk: deskContent(city) },
    conversation: { locale },
    standing: { opensAt },
    unit: { now: new Date(now) },
  } as unknown as CallerScene;
  return whenItOpens(scene)
    .map(({ text }) => text)
    .join(' ');
}

test('when somebody is there again is told as people say it', () => {
  expect(opens('2026-11-23T15:00:00Z', '2026-11-23T08:00:00Z')).toBe('Volvemos hoy a las 9 de la mañana.');
  expect(opens('2026-11-23T19:00:00Z', '2026-11-22T08:00:00Z')).toBe(
    'Volvemos el lunes 23 de noviembre a la 1 de la tarde.',
  );
  expect(opens('2026-11-23T15:30:00Z', '2026-11-22T08:00:00Z', 'en')).toBe(
    'We are back on Monday 23 November at 9 30 a.m.',
  );
});
