import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig, settingsSchema } from '../../server/config.ts';
import { mailSettingsSchema } from '../../server/mail-settings.ts';
import { messagingSettingsSchema } from '../../server/messaging-settings.ts';

const example = path.resolve(import.meta.dirname, '../../.env.example');
/** Read by docker-compose.yml alone. */
const compose = ['POSTGRES_PASSWORD'];

test('.env.example lists every setting, and none that is not', async () => {
  const listed = [...(await readFile(example, 'utf8')).matchAll(/^# ([A-Z0-9_]+)=/gm)].map(([, name]) => name);
  const schemas = [settingsSchema, mailSettingsSchema, messagingSettingsSchema];
  const settings = schemas.flatMap(({ shape }) => Object.keys(shape));
  expect(listed.toSorted()).toEqual([...settings, ...compose].toSorted());
});

test('a wrong setting stops the start with one line that names every bad key', () => {
  const start = () =>
    readConfig({ PORT: 'eighty', SECRET: 'short', DATABASE_URL: 'mysql://somewhere', LOG_LEVEL: 'info' });
  expect(start).toThrow(ConfigError);
  expect(start).toThrow(/^Settings to correct: PORT .*, SECRET .*, DATABASE_URL [^\n]*$/);
});
