import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRoutes } from '../../server/contract/endpoints.ts';
import { figureOf } from '../../server/contract/figures.ts';
import { shown } from '../../server/contract/report-table.ts';
import { api } from '../../server/contract/routes.ts';
import { figureWords } from '../../server/reports/figure-words.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { gatherMonth } from '../../server/reports/monthly/gather-month.ts';
import { tellMonth } from '../../server/reports/monthly/month-story.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, writeStories } from '../support/contact-stories.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { readPdf } from '../support/read-pdf.ts';

let centre: ContactCentre;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  elena = await centre.operator('elena');
  const { database } = centre.server.context;
  // More in March than in February.
  const stories = [
    { seed: 1, contacts: 60, from: new Date('2026-02-01T06:00:00Z'), hours: 27 * 24 },
    { seed: 2, contacts: 90, from: new Date('2026-03-01T06:00:00Z'), hours: 30 * 24 },
  ].flatMap((month) =>
    writeStories({ ...month, operatorIds: [elena.id], queueIds: ['general', 'servicios', 'tramites'] }),
  );
  await database.transaction((tx) => storeStories(tx, stories));
  await rebuildFacts(centre.server.context);
});

afterAll(() => centre?.stop());

async function month(locale: 'es' | 'en') {
  const answer = await fetch(
    `${centre.url}${fileRoutes.monthReport}?${new URLSearchParams({ month: '2026-03', locale })}`,
    {
      headers: { cookie: elena.cookie },
    },
  );
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toContain('informe-veracruz-2026-03.pdf');
  return readPdf(new Uint8Array(await answer.arrayBuffer()));
}

test('a mayor reads what the screen says, on a few tagged pages', async () => {
  const { pages, raw } = await month('es');
  expect(pages.length).toBeGreaterThanOrEqual(2);
  expect(pages.length).toBeLessThanOrEqual(4);
  const text = pages.join('\n').replaceAll(/\s+/g, ' ');
  expect(text).toContain('Informe del mes: marzo de 2026');
  expect(text).toContain('En marzo de 2026 la ciudadanía se comunicó 90 veces: 50% más que en febrero');
  expect(text).toContain('Lo que empeoró');
  expect(text).toContain('Cómo se cuenta');
  expect(text).toContain('Página 1 de');
  const { total } = await elena.call(api.report, { query: { from: '2026-03-01', to: '2026-03-31' } });
  const words = figureWords('es');
  for (const id of ['serviceLevel', 'speedOfAnswer', 'containment', 'satisfaction'] as const) {
    expect(text, id).toContain(words.value(id, shown(id, figureOf(id, total))));
  }
  expect(raw).toMatch(/\/Lang \(es-MX\)/);
  expect(raw).toMatch(/\/Marked true/);
  expect(raw).toMatch(/\/DisplayDocTitle true/);
  expect((raw.match(/\/S \/Figure/g) ?? []).length).toBeGreaterThanOrEqual(3);
  expect(raw).not.toMatch(/\/BaseFont \/Helvetica/);

  const english = (await month('en')).pages.join('\n').replaceAll(/\s+/g, ' ');
  expect(english).toContain('In March 2026 citizens got in touch 90 times: 50% more than in February');
});

test('what got worse is told where it is more than noise', async () => {
  const { city, clock, database } = centre.server.context;
  const told = await gatherMonth({ city, clock, db: database.db }, { protectedGrant: true }, '2026-03', 'es');
  const at = (now: number, before: number) => ({ now, before, yearAgo: null });
  const story = tellMonth(
    {
      ...told,
      figures: {
        ...told.figures,
        serviceLevel: { id: 'serviceLevel', ...at(0.8, 0.9) },
        abandonment: { id: 'abandonment', ...at(0.052, 0.05) },
        satisfaction: { id: 'satisfaction', ...at(0.95, 0.9) },
      },
      departments: [{ key: 'a', label: 'Obras Públicas', now: 0.7, before: 0.8, promised: 50 }],
      topics: [
        { key: 'b', label: 'Bache', now: 90, before: 60 },
        { key: 'c', label: 'Ruido', now: 9, before: 3 },
      ],
    },
    'es',
  );
  expect(story.worse).toEqual(
    expect.arrayContaining([
      'Nivel de servicio: de 90% a 80%.',
      'Obras Públicas cumplió menos promesas: de 80% a 70%.',
      'Más contactos sobre «Bache»: de 60 a 90.',
    ]),
  );
  expect(story.worse.join()).not.toMatch(/Abandono|Ruido/);
  expect(story.better).toContain('Satisfacción (CSAT): de 90% a 95%.');
});

test('whoever may not export gets no month either', async () => {
  const ana = await centre.operator('ana');
  const answer = await fetch(`${centre.url}${fileRoutes.monthReport}?month=2026-03`, {
    headers: { cookie: ana.cookie },
  });
  expect(answer.status).toBe(403);
});
