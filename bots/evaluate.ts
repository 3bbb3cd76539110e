import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CityError } from '../server/city/city-error.ts';
import { CityFolder } from '../server/city/city-folder.ts';
import { deskContent } from '../server/city/desk-content.ts';
import { loadCity } from '../server/city/load-city.ts';
import { evaluate, type Unseen } from './evaluation/evaluate.ts';
import { reportOf } from './evaluation/report.ts';

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
  const [heldOut, emergency = [], violence = [], innocent = []] = await Promise.all([
    folder.yaml('evaluation/held-out.yaml'),
    folder.lines('evaluation/emergency.txt'),
    folder.lines('evaluation/violence.txt'),
    folder.lines('evaluation/innocent.txt'),
  ]);
  if (folder.problems.length > 0) throw new CityError(city, folder.problems);
  const byId = z.record(z.string(), z.array(z.string())).parse(heldOut);
  return {
    heldOut: Object.entries(byId).flatMap(([id, texts]) => texts.map((text) => ({ id, text }))),
    emergency,
    violence,
    innocent,
  };
}
