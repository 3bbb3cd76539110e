import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CityError } from '../server/city/city-error.ts';
import { CityFolder } from '../server/city/city-folder.ts';
import { deskContent } from '../server/city/desk-content.ts';
import { loadCity } from '../server/city/load-city.ts';
import { evaluate, type Unseen } from './evaluation/evaluate.ts';
import type { Sample } from './evaluation/measure.ts';
import { reportOf } from './evaluation/report.ts';

const byId = z.record(z.string(), z.array(z.string()));
const twoRequests = z.array(z.object({ ids: z.array(z.string()), text: z.string() }));

/** `npm run evaluate [-- --json] [-- --city veracruz]`: how well the bot understands, by texts it was not trained on. */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, city: { type: 'string', default: 'veracruz' } },
});
const path = resolve(import.meta.dirname, '../cities', values.city);
const evaluation = evaluate(deskContent(await loadCity(path)), await readUnseen(path));
console.log(values.json ? JSON.stringify(evaluation, null, 2) : reportOf(evaluation));

/** @throws CityError when a file of `evaluation/` is missing or cannot be read */
async function readUnseen(city: string): Promise<Unseen> {
  const folder = new CityFolder(city);
  const [heldOut, strangers, two] = await Promise.all(
    ['held-out.yaml', 'strangers.yaml', 'strangers-two.yaml'].map((name) => folder.yaml(`evaluation/${name}`)),
  );
  const [emergency = [], violence = [], innocent = [], strangersInnocent = []] = await Promise.all(
    ['emergency.txt', 'violence.txt', 'innocent.txt', 'strangers-innocent.txt'].map((name) =>
      folder.lines(`evaluation/${name}`),
    ),
  );
  if (folder.problems.length > 0) throw new CityError(city, folder.problems);
  return {
    heldOut: samplesIn(heldOut),
    emergency,
    violence,
    innocent,
    strangers: { samples: samplesIn(strangers), innocent: strangersInnocent, two: twoRequests.parse(two) },
  };
}

function samplesIn(content: unknown): Sample[] {
  return Object.entries(byId.parse(content)).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
}
