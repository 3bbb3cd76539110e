import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCity } from '../city/load-city.ts';
import { readConfig } from '../config.ts';
import type { CityPlaces } from '../contract/city-places.ts';
import { addColonias } from './add-colonias.ts';
import { readSettlements } from './sepomex.ts';
import { plainOf } from './words.ts';

const USAGE = `npm run import:colonias -- FILE [--municipality NAME] [--folder CITY] [--write]

Adds the colonias of the postal service's catalogue (the text file with «|» that Correos de México offers for download)
to places/colonias.geojson of the city in use, or of another folder, by name alone. Without --write it only says what it would add.`;

/** @returns what to print */
async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      municipality: { type: 'string' },
      folder: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (!file) throw new Error(USAGE);
  const folder = values.folder ?? cityInUse();
  const city = await loadCity(folder);
  const municipality = values.municipality ?? city.name;
  const settlements = readSettlements(await readFile(file));
  const here = settlements.filter((settlement) => plainOf(settlement.municipality) === plainOf(municipality));
  if (here.length === 0) {
    const known = [...new Set(settlements.map((settlement) => settlement.municipality))].sort().slice(0, 20);
    throw new Error(`The file has no settlement of «${municipality}». It has those of: ${known.join(', ')}`);
  }
  const { colonias, added } = addColonias(city.places.colonias, here);
  const list = added.map(({ properties: { id, name } }) => `  ${id}: ${name}`);
  const target = join(folder, 'places/colonias.geojson');
  if (values.write) await writeFile(target, fileOf(colonias));
  const done = values.write ? `Added to ${target}` : 'Would be added, with --write';
  return [`${here.length} settlements of ${municipality}, ${added.length} of them new.`, `${done}:`, ...list].join(
    '\n',
  );
}

function cityInUse(): string {
  const { root, CITY } = readConfig();
  return join(root, 'cities', CITY);
}

/** A feature a line, so that a change is a line in the history. */
function fileOf({ type, sample, attribution, features }: CityPlaces['colonias']): string {
  const head = JSON.stringify({ type, sample, attribution }, null, 2).slice(0, -2);
  const lines = features.map(({ properties: { id, name, aliases, ambiguous }, ...feature }) => {
    const properties = { id, name, ...(aliases.length > 0 ? { aliases } : {}), ...(ambiguous ? { ambiguous } : {}) };
    return `    ${JSON.stringify({ type: feature.type, properties, geometry: feature.geometry })}`;
  });
  return `${head},\n  "features": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
