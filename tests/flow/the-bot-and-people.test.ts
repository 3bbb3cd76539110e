import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import type { BotTurn } from '../../server/contract/bot.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;

const real = createBot();
/** What happens while the bot thinks, set by a test. */
let thinking: (turn: BotTurn) => Promise<void> = async () => {};

beforeAll(async () => {
  centre = await startContactCentre({
    bot: {
      async turn(turn, desk) {
        await thinking(turn);
        return real.turn(turn, desk);
      },
    },
  });
  ana = await centre.operator('ana');
});

afterEach(() => {
  thinking = async () => {};
});

afterAll(() => centre?.stop());

test('the bot falls silent the moment a person takes over, though its answer is on its way', async () => {
  const lupe = await centre.resident();
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    thinking = () => {
      resolve();
      return finished;
    };
  });
  const { ticketId } = await lupe.say('Hola');
  await begun;
  await ana.call(api.takeTicket, { params: { id: ticketId ?? '' } });
  finish();
  await ana.say(ticketId ?? '', 'Hola, soy Ana');
  await lupe.reads('soy Ana');
  await lupe.say('Reportar un bache');
  await until(() => ana.heard('message').some(({ message }) => message.direction === 'in'), { what: 'Lupe’s message' });
  await lupe.sync();
  expect(lupe.messages.map(({ author }) => author.type)).toEqual(['citizen', 'system', 'operator', 'citizen']);
  await ana.close(ticketId ?? '');

  // A new contact is the bot's again.
  await lupe.say('Hola');
  await lupe.reads('asistente virtual');
});

test('what is said while the bot thinks is answered, too', async () => {
  const lupe = await centre.resident();
  let turns = 0;
  thinking = async () => {
    turns += 1;
    if (turns === 1) await lupe.say('Quiero hablar con una persona');
  };
  await lupe.say('Hola');
  await lupe.isTold('handed_off');
  expect(turns).toBe(2);
});

test('a bot that breaks hands the resident to a person', async () => {
  const lupe = await centre.resident();
  thinking = async () => {
    throw new Error('the bot is broken');
  };
  await lupe.say('¿Cuánto debo de predial?');
  await lupe.isTold('handed_off');
  const waiting = await lupe.ticketBecomes({ state: 'waiting' });
  expect((await ana.open(waiting.id)).ticket.summary).toContain('asistente');
  expect(centre.logs()).toContain('the bot is broken');
  expect(centre.logs()).not.toContain('predial');
});

test('a job store that loses what it is given: the resident is answered all the same', async () => {
  const { jobs, database } = centre.server.context;
  const { add } = jobs;
  jobs.add = async () => {};
  const lupe = await centre.resident();
  await lupe.say('Hola');
  const promised = () => database.db.selectFrom('outbox').select('id').execute();
  await until(async () => (await promised()).length === 0, { what: 'the promise to be passed on' });
  jobs.add = add;
  expect(lupe.messages).toHaveLength(1);
  centre.clock.advance(11);
  await lupe.reads('asistente virtual');
});
