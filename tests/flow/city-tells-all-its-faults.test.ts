import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CityError } from '../../server/city/city-error.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import { loadCity } from '../../server/city/load-city.ts';
import { sampleCity, veracruzFolder } from '../support/sample-city.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'city-'));
  await cp(veracruzFolder, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function change(file: string, from: string | RegExp, to: string) {
  const text = await readFile(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed, `${file} has ${from}`).not.toBe(text);
  await writeFile(join(folder, file), changed);
}

async function faults(): Promise<string[]> {
  const error = await loadCity(folder).then(
    () => new Error('the city was loaded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CityError)) throw error;
  return error.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

test('the sample city has no fault and says that it is a sample', async () => {
  const city = await sampleCity();
  expect(city).toMatchObject({ id: 'veracruz', sample: true, timeZone: 'America/Mexico_City' });
  const articles = new Set(city.articles.map(({ id }) => id));
  expect(city.topics.filter(({ id }) => !articles.has(id))).toEqual([]);
});

test('an article is quoted up to its last day, by the city’s calendar', async () => {
  await change('articles/carnaval.md', /validUntil: .*/, 'validUntil: 2026-03-01');
  const city = await loadCity(folder);
  const answerAt = (time: string) => deskContent(city, () => new Date(time)).answer('carnaval', 'es');
  expect(await answerAt('2026-03-01T23:59:00-06:00')).toContain('Carnaval');
  expect(await answerAt('2026-03-02T00:00:00-06:00')).toBeNull();
});

test('ids that point nowhere are told together, each with its file and key', async () => {
  await change('catalog.yaml', 'title: Bache, department: obras-publicas', 'title: Bache, department: obras');
  await change('operators.yaml', 'queues: [general, tramites]', 'queues: [general, tramite]');
  await change('city.yaml', 'id: luminaria', 'id: lampara');
  await change('city.yaml', 'danger: urgente', 'danger: rojo');
  await change('canned-replies.yaml', '{{operator.name}}', '{{operator.nombre}}');
  await change('phrases.yaml', /^bot\.missed:\n.*\n.*\n/m, '');
  await rm(join(folder, 'articles/carnaval.md'));

  expect(await faults()).toEqual([
    'catalog.yaml  services[0].department: there is no department «obras»',
    'articles/carnaval.md: the topic «carnaval» needs this article',
    'city.yaml  menu[1].id: the catalogue has no «lampara»',
    'city.yaml  handOffTo.danger: there is no queue «rojo»',
    'operators.yaml  [2].queues: there is no queue «tramite»',
    'canned-replies.yaml  [0].body: there is no variable «operator.nombre»',
    'phrases.yaml  bot.missed: this sentence is missing',
  ]);
});

test('values of the wrong shape are told where they stand', async () => {
  await change('city.yaml', "accent: '#0b5c7d'", 'accent: blue');
  await change('city.yaml', 'sample: true', 'sample: true\ncolour: red');
  await change('queues.yaml', "'1': [{from: '00:00'", "'1': [{from: '0:00'");
  await change('articles/turismo.md', '<!-- en -->', '');
  await change('privacy.en.md', /^short: .*\n/m, '');

  const told = await faults();
  expect(told).toHaveLength(5);
  expect(told.map((line) => line.replace(/: (?!en).*/s, '')).sort()).toEqual([
    'articles/turismo.md  body.en',
    'city.yaml',
    'city.yaml  accent',
    'privacy.en.md  short',
    'queues.yaml  [0].hours.days.1[0].from',
  ]);
});

test('what cannot be read is told with its line', async () => {
  await change('danger.yaml', 'violence:', 'violence: [');
  await change('privacy.en.md', '2026-01-muestra', '2026-02');
  await rm(join(folder, 'operators.yaml'));

  const told = await faults();
  expect(told).toContain('operators.yaml: the file is missing');
  expect(told).toContain('privacy.en.md  version: it must be «2026-01-muestra», as in privacy.es.md');
  expect(told.some((line) => /^danger\.yaml: line \d+: /.test(line))).toBe(true);
});

test('hours that end before they begin, a second default queue and a lost administrator are faults', async () => {
  await change('queues.yaml', "{from: '16:00', to: '19:00'}", "{from: '19:00', to: '16:00'}");
  await change('queues.yaml', /(id: servicios\n.*\n) {2}isDefault: false/, '$1  isDefault: true');
  await change('operators.yaml', 'role: administrator', 'role: supervisor');
  await change('city.yaml', 'America/Mexico_City', 'America/Veracruz');

  expect(await faults()).toEqual([
    'queues.yaml: one queue must be isDefault, not 2',
    'queues.yaml  [2].hours.days.1: it must end later than it begins',
    'operators.yaml: at least one person must be an administrator',
    'city.yaml  timeZone: «America/Veracruz» is not a time zone, e.g. America/Mexico_City',
  ]);
});

test('places outside the municipality, open rings and ids given twice are faults, each with its feature', async () => {
  await change('places/boundary.geojson', '"coordinates": [[[-96.1085, 19.169]', '"coordinates": [[[-96.1085, 19.168]');
  await change('places/landmarks.geojson', '[-96.1226, 19.1868]', '[-96.105, 19.138]');
  await change('places/colonias.geojson', '"id": "astilleros"', '"id": "21-de-abril"');
  expect(await faults()).toEqual([
    'places/boundary.geojson  features[0].geometry.coordinates[0]: the ring must end where it begins',
    'places/colonias.geojson  features[2].properties.id: «21-de-abril» is given twice',
    'places/landmarks.geojson  features[0].geometry: «Acuario de Veracruz» lies outside the boundary',
  ]);
});

test('a map that cannot be read, or lacks what a feature needs, is told where', async () => {
  await change('places/streets.geojson', '"kind": "avenida", "name": "20 de Noviembre"', '"kind": "paseo"');
  await rm(join(folder, 'places/landmarks.geojson'));
  expect(await faults()).toEqual(['places/landmarks.geojson: the file is missing']);
  await writeFile(join(folder, 'places/landmarks.geojson'), '{"type": "FeatureCollection", "features": []}');
  const told = await faults();
  expect(told.map((line) => line.replace(/: .*/s, '').replace(/\[\d+\]/, '[…]'))).toEqual([
    'places/streets.geojson  features[…].properties.kind',
    'places/streets.geojson  features[…].properties.name',
  ]);
});

test('a city that does not exist is one clear line', async () => {
  await expect(loadCity(join(folder, 'atlantis'))).rejects.toThrow(/^There is no city in .*atlantis: set CITY .*\.$/);
});

test('a template that the provider would refuse, or that could not be filled in, is told', async () => {
  await change('templates.yaml', 'por lo que nos contaste sobre {{2}}', 'por lo que nos contaste sobre {{3}}');
  await change('templates.yaml', /^ {4}Aviso de la Línea Veracruz sobre un reporte que sigues: /m, '    ');
  await change('templates.yaml', 'id: pedir-un-dato', 'id: retomar');
  await change('templates.yaml', 'language: en_US', 'language: es_MX');

  expect(await faults()).toEqual([
    'templates.yaml  retomar: this template is given twice',
    'templates.yaml  news (es_MX): this template is given twice',
    'templates.yaml  [0].body: «{{3}}» is no variable of it',
    'templates.yaml  [0].body: «{{2}}» is missing from it',
    'templates.yaml  [4].body: it must neither begin nor end with a variable',
  ]);
});
