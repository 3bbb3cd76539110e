/**
 * The emulated providers by themselves, for a server elsewhere on this machine:
 *   npm run simulate -- [--server http://localhost:3000] [--port 4000] [--city veracruz]
 * It prints the settings by which that server uses them, and shows the telephones on its own page.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { cityAccountSchema, templateSchema } from '../../server/contract/messaging.ts';
import { createSimulator } from './create-simulator.ts';
import { keptSecret } from './kept-secret.ts';
import { serveScreen } from './screen/serve-screen.ts';
import { settingLines } from './setting-lines.ts';

const root = resolve(import.meta.dirname, '../..');

const citySchema = z.object({
  name: z.string(),
  contactName: z.string(),
  accent: z.string(),
  accounts: z.array(cityAccountSchema).min(1, 'the city has no accounts'),
});
const landmarksSchema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ name: z.string() }),
      geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
    }),
  ),
});

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://localhost:3000' },
    port: { type: 'string', default: '4000' },
    city: { type: 'string', default: 'veracruz' },
  },
});
const folder = join(root, 'cities', values.city);
const read = (file: string) => readFile(join(folder, file), 'utf8');
const city = citySchema.parse(parse(await read('city.yaml')));
const templates = z.array(templateSchema).parse(parse(await read('templates.yaml').catch(() => '[]')));
const landmarks = landmarksSchema.parse(
  JSON.parse(await read('places/landmarks.geojson').catch(() => '{"features":[]}')),
);

const port = Number(values.port);
const simulator = await createSimulator({
  serverUrl: values.server,
  templates: () => templates,
  secret: await keptSecret(join(root, 'data')),
  port,
  forgot: true,
});
const opened = city.accounts.map((account) => ({ account, settings: simulator.settingsFor(account) }));
const page = await serveScreen({
  simulator,
  city: { name: city.name, contactName: city.contactName, color: city.accent },
  places: landmarks.features.map(
    ({
      properties,
      geometry: {
        coordinates: [longitude, latitude],
      },
    }) => ({
      label: properties.name,
      latitude,
      longitude,
    }),
  ),
  built: join(root, 'dist/simulator'),
  port: port === 0 ? 0 : port + 1,
});

process.stdout.write(
  `\nTwilio and Meta: ${simulator.url}  ·  telephones: ${page.url}/simulator\n\n` +
    `In .env of the server at ${values.server}:\n\n${settingLines(opened).join('\n')}\n\n`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await page.stop();
    await simulator.stop();
    process.exit(0);
  });
}
