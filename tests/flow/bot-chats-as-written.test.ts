import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import { play } from '../support/bot-transcript.ts';
import { memoryCases } from '../support/memory-cases.ts';
import { readTranscripts } from '../support/read-transcripts.ts';
import { sampleCity } from '../support/sample-city.ts';

const folder = path.resolve(import.meta.dirname, '../transcripts');
const city = await sampleCity();
const bot = createBot();

beforeAll(() => bot.prepare?.(deskContent(city)), 300_000);

/** Every chat in `tests/transcripts`: what somebody writes, and what the bot must answer. */
describe.each(readdirSync(folder).filter((file) => file.endsWith('.txt')))('%s', (file) => {
  const transcripts = readTranscripts(readFileSync(path.join(folder, file), 'utf8'));
  test.each(transcripts)('$title', async ({ chat, options, now }) => {
    const cases = memoryCases(city, () => now);
    const desk = deskContent(city, () => now, cases);
    await play({ bot, desk, change: cases.change, now }, chat, options);
  });
});
