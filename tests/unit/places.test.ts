import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeSuggestionSchema } from '../../server/contract/place.ts';
import { createPlaces } from '../../server/places/create-places.ts';
import { cornersOf } from '../../server/places/geometry.ts';
import { sampleCity } from '../support/sample-city.ts';

const city = await sampleCity();
const places = createPlaces(city);
const at = (latitude: number, longitude: number) => places.whereIs({ latitude, longitude });
const labels = async (typed: string) => (await places.suggest(typed)).map(({ label }) => label);

test('a point has a colonia, and the nearest corner, street or landmark', () => {
  expect(at(19.2003, -96.1386)).toEqual({ inside: true, coloniaId: 'centro', colonia: 'Centro', near: 'Zócalo' });
  expect(at(19.17869, -96.12667).near).toBe('Xalapa y España');
  expect(at(19.1775, -96.1336).near).toContain('Díaz Mirón');
  expect(at(19.25, -96.3)).toEqual({ inside: true, coloniaId: null, colonia: null, near: null });
});

test('the neighbours and the sea are outside; the border itself is inside', () => {
  expect(at(19.138, -96.105).inside).toBe(false);
  expect(at(19.42, -96.32).inside).toBe(false);
  const corners = city.places.boundary.features.flatMap(({ geometry }) => cornersOf(geometry));
  for (const [longitude, latitude] of corners) expect(at(latitude, longitude).inside).toBe(true);
});

test('a pin set a little into the water is outside, and told the shore beside it', () => {
  const villaDelMar = city.places.landmarks.features.find(
    ({ properties }) => properties.name === 'Playa Villa del Mar',
  );
  const [longitude = 0, latitude = 0] = villaDelMar?.geometry.coordinates ?? [];
  expect(at(latitude, longitude)).toMatchObject({ inside: true, near: 'Playa Villa del Mar' });
  expect(at(latitude, longitude + 0.0021)).toMatchObject({ inside: false, near: 'Blvd. Manuel Ávila Camacho' });
  expect(at(latitude, longitude + 0.01)).toMatchObject({ inside: false, near: null });
});

test('while somebody types, names are offered that begin like it, and corners that exist', async () => {
  expect((await labels('refor'))[0]).toBe('Col. Reforma');
  expect((await labels('diaz mi'))[0]).toBe('Av. Salvador Díaz Mirón');
  expect((await labels('merc'))[0]).toBe('Mercado Hidalgo, Centro');
  expect((await labels('xalapa y es'))[0]).toBe('Xalapa y España, Ignacio Zaragoza');
  expect(await labels('xalapa y')).toContain('Xalapa y Salvador Díaz Mirón');
  expect((await labels('xalapa 450'))[0]).toBe('Xalapa 450');
});

test('one letter, or nothing of this city, offers nothing', async () => {
  expect(await labels('x')).toEqual([]);
  expect(await labels('')).toEqual([]);
  expect(await labels('qwertz')).toEqual([]);
});

test('what stands beside a place is how to find it', async () => {
  const [besideNothingKnown] = await places.find('xalapa esquina españa, frente a la tienda azul de dos pisos');
  expect(besideNothingKnown?.place.reference).toBe('frente a la tienda azul de dos pisos');
  const [besideALandmark] = await places.find('bulevar avila camacho frente a villa del mar');
  expect(besideALandmark).toMatchObject({
    label: 'Blvd. Manuel Ávila Camacho',
    place: { reference: 'frente a Playa Villa del Mar', point: { latitude: 19.1812, longitude: -96.1206 } },
  });
});

test('two places in one sentence are both found', async () => {
  const found = await places.find('hay un bache en xalapa 450 y otro en díaz mirón con colón');
  expect(found.map(({ place }) => place.address)).toEqual(
    expect.arrayContaining(['Xalapa 450', 'Salvador Díaz Mirón y Cristóbal Colón']),
  );
});

test('a colonia is known by id as long as the city has it', () => {
  expect(places.coloniaName('el-coyol')).toBe('El Coyol');
  expect(places.coloniaName('atlantis')).toBeNull();
});

test('whatever is written, suggestions fit the contract, best first', async () => {
  const words = fc.constantFrom(
    ...'en la calle xalapa y esquina con 450 # col centro reforma de 5 mayo entre españa frente al mercado hidalgo . , e/'.split(
      ' ',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 14 }), async (parts) => {
      const found = await places.find(parts.join(' '));
      for (const suggestion of found) placeSuggestionSchema.parse(suggestion);
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    }),
    { numRuns: 300 },
  );
});
