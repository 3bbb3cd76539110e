import { spawn } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCity } from '../../server/city/load-city.ts';
import { veracruzFolder } from '../support/sample-city.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const script = join(veracruzFolder, '../../server/places/import-colonias.ts');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let city: string;

// Made up, in the shape of the postal catalogue: a notice, the names of the columns, Latin-1.
const catalogue = [
  'El Catálogo Nacional de Códigos Postales es elaborado por Correos de México y se proporciona en forma gratuita.',
  'd_codigo|d_asenta|d_tipo_asenta|D_mnpio|d_estado|d_ciudad|d_CP|c_estado|c_oficina|c_CP|c_tipo_asenta|c_mnpio|id_asenta_cpcons|d_zona|c_cve_ciudad',
  '91700|Veracruz Centro|Colonia|Veracruz|Veracruz|Veracruz|91701|30|91701||09|193|0001|Urbano|05',
  '91700|Ricardo Flores Magon|Colonia|Veracruz|Veracruz|Veracruz|91701|30|91701||09|193|0002|Urbano|05',
  '91777|Jardín de la Niñez|Fraccionamiento|Veracruz|Veracruz|Veracruz|91701|30|91701||21|193|0003|Urbano|05',
  '91778|Jardín de la Niñez|Colonia|Veracruz|Veracruz|Veracruz|91701|30|91701||09|193|0004|Urbano|05',
  '94290|Boca Ficticia|Colonia|Boca del Río|Veracruz|Boca del Río|94291|30|94291||09|028|0001|Urbano|06',
].join('\r\n');

beforeAll(async () => {
  folder = await temporaryFolder('colonias');
  city = join(folder.path, 'city');
  await writeFile(join(folder.path, 'catalogue.txt'), Buffer.from(catalogue, 'latin1'));
  await cp(veracruzFolder, city, { recursive: true });
});
afterAll(() => folder.remove());

async function run(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args, '--folder', city]);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err };
}
const file = () => readFile(join(city, 'places/colonias.geojson'), 'utf8');

test('it says what it would add, and changes nothing', async () => {
  const before = await file();
  const { out } = await run(join(folder.path, 'catalogue.txt'));
  expect(out).toContain('4 settlements of Veracruz, 2 of them new');
  expect(out).toContain('jardin-de-la-ninez: Jardín de la Niñez');
  expect(out).not.toContain('Flores');
  expect(out).not.toContain('Boca Ficticia');
  expect(await file()).toBe(before);
});

test('it adds them by name, keeps all others as they were, and has nothing to add the second time', async () => {
  const before = await file();
  await run(join(folder.path, 'catalogue.txt'), '--write');
  const { places } = await loadCity(city);
  expect(
    places.colonias.features.filter(({ geometry }) => geometry === null).map(({ properties }) => properties.name),
  ).toEqual(['Jardín de la Niñez', 'Veracruz Centro']);
  const lines = new Set((await file()).split('\n').map((line) => line.replace(/\s|,$/g, '')));
  for (const line of before.split('\n')) expect(lines).toContain(line.replace(/\s|,$/g, ''));
  expect((await run(join(folder.path, 'catalogue.txt'))).out).toContain('0 of them new');
});

test('another file, or another municipality, is refused with a plain sentence', async () => {
  await writeFile(join(folder.path, 'other.txt'), 'a,b,c\n1,2,3\n');
  expect((await run(join(folder.path, 'other.txt'))).err).toContain('The file has no columns d_codigo');
  const { err } = await run(join(folder.path, 'catalogue.txt'), '--municipality', 'Xalapa');
  expect(err).toContain('no settlement of «Xalapa». It has those of: Boca del Río, Veracruz');
});
