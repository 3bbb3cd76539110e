import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { noCases } from '../server/cases/no-cases.ts';
import { deskContent } from '../server/city/desk-content.ts';
import { loadCity } from '../server/city/load-city.ts';
import type { BotTurn } from '../server/contract/bot.ts';
import type { Message, Part } from '../server/contract/message.ts';
import { createPlaces } from '../server/places/create-places.ts';
import { createBot } from './index.ts';
import { languageOf } from './understanding/language-of.ts';

/** `npm run -s ask`: the bot's answer to each line of standing input, as one JSON a line, each a fresh conversation. */

/** As much of a line as a message may hold; the rest is not read. */
const LONGEST = 10_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const city = await loadCity(resolve(import.meta.dirname, '../cities/veracruz'));
const places = createPlaces(city);
const desk = deskContent(city, undefined, {
  ...noCases,
  findPlaces: places.find,
  whereIs: async (point) => places.whereIs(point),
});
const bot = createBot();

for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const { understood, replies } = await bot.turn(firstTurn(text.slice(0, LONGEST)), desk);
  const line = {
    text,
    id: understood?.id ?? null,
    confidence: understood?.confidence ?? 0,
    replies: replies.map(asText),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function firstTurn(text: string): BotTurn {
  return {
    conversationId: NOBODY,
    ticketId: NOBODY,
    channel: 'chat',
    locale: languageOf(text),
    citizenName: null,
    consent: null,
    messages: [message(text)],
    state: null,
    now: new Date(),
  };
}

function message(text: string): Message {
  return {
    id: randomUUID(),
    conversationId: NOBODY,
    ticketId: null,
    seq: 1,
    direction: 'in',
    author: { type: 'citizen', id: null, name: null },
    parts: [{ type: 'text', text }],
    status: 'stored',
    failure: null,
    clientId: null,
    createdAt: new Date().toISOString(),
  };
}

/** A reply as a channel without buttons shows it. */
function asText(parts: Part[]): string {
  return parts
    .flatMap((part) => {
      if (part.type === 'text') return [part.text];
      return part.type === 'choices' ? part.options.map(({ title }, i) => `${i + 1}. ${title}`) : [];
    })
    .join('\n');
}
