import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { City } from '../../server/contract/city.ts';
import { cityBounds } from '../../server/places/city-bounds.ts';
import { createPlaces } from '../../server/places/create-places.ts';
import { createGeocoder, type GeocoderOptions } from '../../server/places/geocoder.ts';
import { type GeocoderServer, startGeocoder } from '../support/geocoder-server.ts';
import { sampleCity } from '../support/sample-city.ts';

let server: GeocoderServer;
let city: City;
let problems: unknown[];
beforeAll(async () => {
  [server, city] = await Promise.all([startGeocoder(), sampleCity()]);
});
afterAll(() => server.stop());
beforeEach(() => {
  problems = [];
  server.questions.length = 0;
  server.answers.clear();
});

function placesWith(options: Partial<GeocoderOptions> = {}) {
  const geocoder = createGeocoder({
    url: server.url,
    bounds: cityBounds(city),
    country: city.country,
    userAgent: 'Linea-Ciudadana (https://linea.example.org)',
    gapMs: 0,
    report: (problem) => problems.push(problem),
    ...options,
  });
  return createPlaces(city, { geocoder });
}

test('a house gets its point, and the colonia that lies there', async () => {
  server.answers.set('Lafragua 234', { lat: '19.1862', lon: '-96.1305', house: '234' });
  const [found] = await placesWith().find('oigan, ya van 3 semanas que tiran basura en lafragua #234 y nadie viene');
  expect(found?.place).toMatchObject({ address: 'Lafragua 234', point: { latitude: 19.1862, longitude: -96.1305 } });
  expect(found?.place.coloniaId).not.toBeNull();
});

test('it is asked for the address alone, within the city, by name', async () => {
  await placesWith().find('mi mamá María Pérez vive en lafragua #234, colonia moderna');
  expect(server.questions).toHaveLength(1);
  const [{ query, userAgent }] = server.questions as [GeocoderServer['questions'][number]];
  expect(query.get('q')).toBe('Lafragua 234, Moderna, Veracruz');
  expect(query.get('bounded')).toBe('1');
  expect(query.get('countrycodes')).toBe('mx');
  expect(query.get('viewbox')).toBe('-96.352,19.296,-96.1085,19.118');
  expect(userAgent).toBe('Linea-Ciudadana (https://linea.example.org)');
});

test('a sentence without an address is never sent, nor is what the city itself can place', async () => {
  const places = placesWith();
  for (const text of ['me llamo Juan Hidalgo', 'xalapa esquina con españa', 'col. centro', 'frente al acuario']) {
    await places.find(text);
  }
  expect(server.questions).toEqual([]);
});

test('the same address is asked once', async () => {
  const places = placesWith();
  await Promise.all([places.find('xalapa 450'), places.find('calle XALAPA #450'), places.find('xalapa 450')]);
  expect(server.questions).toHaveLength(1);
});

test('the middle of a street is no house, and what lies outside the city is left out', async () => {
  server.answers.set('Xalapa 450', { lat: '19.18', lon: '-96.13', category: 'highway' });
  server.answers.set('Icazo 12', { lat: '19.138', lon: '-96.105', house: '12' });
  const places = placesWith();
  expect((await places.find('xalapa 450'))[0]?.place.point).toBeNull();
  expect((await places.find('icazo 12'))[0]?.place.point).toBeNull();
});

test('slow, broken or gone, it holds up nobody and is asked again the next time', async () => {
  server.answers.set('Xalapa 450', 'silent');
  server.answers.set('Icazo 12', 'broken');
  const places = placesWith({ timeoutMs: 80 });
  expect((await places.find('xalapa 450'))[0]?.place.address).toBe('Xalapa 450');
  expect((await places.find('icazo 12'))[0]?.place.address).toBe('Icazo 12');
  const nobody = placesWith({ url: 'http://127.0.0.1:9' });
  expect((await nobody.find('prim 90'))[0]?.place.address).toBe('Prim 90');
  expect(problems).toHaveLength(3);

  server.answers.set('Icazo 12', { lat: '19.1866', lon: '-96.1250', house: '12' });
  expect((await places.find('icazo 12'))[0]?.place.point).toEqual({ latitude: 19.1866, longitude: -96.125 });
});

test('questions keep their distance; who would wait too long goes without an answer', async () => {
  const places = placesWith({ gapMs: 200, timeoutMs: 500 });
  const streets = ['prim 1', 'icazo 2', 'collado 3', 'echeven 4', 'lafragua 5', 'alcocer 6'];
  await Promise.all(streets.map((street) => places.find(street)));
  const times = server.questions.map(({ at }) => at);
  expect(times.length).toBeGreaterThanOrEqual(2);
  expect(times.length).toBeLessThan(streets.length);
  // They leave at that distance; how long each is on its way differs.
  for (const [i, at] of times.slice(1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThan(100);
});
