import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import type { TryOut } from '../../server/contract/bot.ts';
import type { BotTurnRow, Trial } from '../../server/contract/learning.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let elena: OperatorClient;
let ana: OperatorClient;

/** What the people of one neighbourhood call the collection of rubbish, and nobody else. */
const SLANG = 'qué onda con el xicalango';
const TAUGHT = 'recoleccion-horario';

const real = createBot();
/** What a trial finds, where a test is not about that: a real one takes half a minute. */
let findings: TryOut | null = null;

beforeAll(async () => {
  const tryOut: typeof real.tryOut = async (additions, desk) =>
    findings ?? real.tryOut?.(additions, desk) ?? Promise.reject(new Error('The bot has no trials'));
  centre = await startContactCentre({ bot: { ...real, tryOut } });
  [elena, ana] = [await centre.operator('elena'), await centre.operator('ana')];
  await centre.server.context.content.settled();
});

afterAll(() => centre?.stop());

async function review(filter: 'missed' | 'corrected' | 'handed_off' | 'bad' | 'all'): Promise<BotTurnRow[]> {
  return (await elena.call(api.listTurns, { query: { filter, limit: 100 } })).turns;
}

/** Says something that nobody understands, until the bot gives up. */
async function missed(text: string): Promise<ResidentClient> {
  const lupe = await centre.resident();
  await lupe.say('perifollo trompicado asdf');
  await until(() => lupe.messages.some(({ author }) => author.type === 'bot'), { what: 'an answer' });
  await lupe.say(text);
  await lupe.isTold('handed_off');
  return lupe;
}

const done = (id: string) =>
  until(
    async () => {
      const trial = await elena.call(api.readTrial, { params: { id } });
      return trial.state === 'running' ? null : trial;
    },
    { timeout: 170_000, what: 'the trial', every: 500 },
  );

async function tryOut(texts: readonly string[], turnId: string | null = null): Promise<Trial> {
  const additions = texts.map((text) => ({ lessonId: TAUGHT, text, turnId }));
  const { id, state } = await elena.call(api.startTrial, { body: { additions } });
  expect(state).toBe('running');
  return done(id);
}

test('a miss is reviewed, tried out, taught, and the same server understands it', { timeout: 240_000 }, async () => {
  await missed(SLANG);
  const turn = (await review('missed')).find(({ said }) => said === SLANG);
  expect(turn).toMatchObject({ outcome: 'missed', channel: 'chat', reviewed: null });
  expect(turn?.answered).not.toBe('');

  const trial = await tryOut(
    [SLANG, 'a que hora es el xicalango', 'xicalango de mi colonia', 'no ha pasado el xicalango'],
    turn?.id,
  );
  expect(trial.state).toBe('done');
  expect(trial.result?.before.count).toBeGreaterThan(100);
  expect(trial.result?.additions).toHaveLength(4);

  const published = await elena.call(api.publishTrial, { body: { trialId: trial.id } });
  expect(published.state).toBe('published');
  expect((await review('all')).map(({ id }) => id)).not.toContain(turn?.id);
  const lessons = await ana.call(api.listLessons);
  expect(lessons.find(({ id }) => id === TAUGHT)).toMatchObject({ taught: 4 });

  await centre.server.context.content.settled();
  const rosa = await centre.resident();
  await rosa.say('oiga a que hora pasa el xicalango');
  await rosa.reads('basura');
  expect(JSON.stringify(rosa.messages)).toContain('camión');
});

test('another server, which is told by nobody, learns it as well', { timeout: 180_000 }, async () => {
  const south = await startContactCentre({ databaseUrl: centre.databaseUrl });
  onTestFinished(() => south.stop());
  const knows = (text: string) => south.server.context.desk.utterances[TAUGHT]?.includes(text);
  expect(knows(SLANG)).toBe(true);
  const [last] = await elena.call(api.listUtterances);
  await elena.call(api.withdrawUtterance, { params: { id: last?.id ?? '' } });
  await until(() => !knows(last?.text ?? ''), { timeout: 110_000, what: 'the other server to look and to learn' });
});

test('what was taught is listed with who taught it, and can be withdrawn', async () => {
  const taught = await ana.call(api.listUtterances);
  expect(taught[0]).toMatchObject({ lessonId: TAUGHT, addedBy: 'Elena Mora' });
  const one = taught.find(({ text }) => text === SLANG);
  await elena.call(api.withdrawUtterance, { params: { id: one?.id ?? '' } });
  expect((await ana.call(api.listUtterances)).map(({ text }) => text)).not.toContain(SLANG);
  const ofLesson = await ana.call(api.listUtterances, { query: { lessonId: TAUGHT } });
  expect(ofLesson.filter(({ id }) => id === null).length).toBeGreaterThan(10);
  await centre.server.context.content.settled();
  expect(centre.server.context.desk.utterances[TAUGHT]).not.toContain(SLANG);
});

test('a trial made before others were taught is not published: it measured another bot', async () => {
  const figures = { count: 1, accuracyAt1: 1, wrongButConfident: 0 };
  findings = { before: figures, after: figures, worse: [], better: [], additions: [] };
  const trial = await tryOut(['el carrito del xicalango']);
  const [other] = await elena.call(api.listUtterances);
  await elena.call(api.withdrawUtterance, { params: { id: other?.id ?? '' } });
  expect((await elena.refused(api.publishTrial, { body: { trialId: trial.id } })).code).toBe('conflict');
});

test('what the bot knows already, or has no name for, is not tried', async () => {
  const refused = async (lessonId: string, text: string) =>
    (await elena.refused(api.startTrial, { body: { additions: [{ lessonId, text }] } })).code;
  const [known = ''] = centre.server.context.city.utterances[TAUGHT] ?? [];
  expect(await refused(TAUGHT, known.toUpperCase())).toBe('already_exists');
  expect(await refused('no-hay-tal', 'algo')).toBe('not_found');
});

test('an operator marks an answer bad, takes it back, and only what is theirs', async () => {
  const lupe = await centre.resident();
  const { ticketId } = await lupe.say('¿Dónde puedo pagar el predial?');
  await lupe.reads('El predial se paga');
  const params = { id: ticketId ?? '' };
  const [turn] = await ana.call(api.listTicketTurns, { params });
  expect(turn).toMatchObject({ understood: { id: 'predial-pago' }, mark: null });
  expect(turn?.replies?.from).toBe(2);

  const marked = { params: { id: turn?.id ?? '' } };
  await ana.call(api.markTurn, { ...marked, body: { mark: 'bad' } });
  expect(await review('bad')).toMatchObject([
    { id: turn?.id, markedBy: 'Ana Ruiz', said: '¿Dónde puedo pagar el predial?' },
  ]);
  await ana.call(api.markTurn, { ...marked, body: { mark: null } });
  expect(await review('bad')).toEqual([]);

  const carmen = await centre.operator('carmen');
  await ana.call(api.takeTicket, { params });
  await ana.call(api.transferTicket, { params, body: { queueId: 'servicios' } });
  expect((await carmen.refused(api.markTurn, { ...marked, body: { mark: 'bad' } })).code).toBe('not_found');
  expect((await carmen.refused(api.listTicketTurns, { params })).code).toBe('not_found');
});

test('an answer that did not help is to be reviewed, with what was asked', async () => {
  const lupe = await centre.resident();
  await lupe.say('¿Cómo saco un acta de nacimiento?');
  await until(() => lupe.messages.some(({ parts }) => parts.some(({ type }) => type === 'choices')), {
    what: 'the question whether it helped',
  });
  await lupe.say('no');
  await lupe.isTold('handed_off');
  const asked = { said: '¿Cómo saco un acta de nacimiento?', corrected: true, correctedTo: null, outcome: 'answered' };
  expect(await review('corrected')).toMatchObject([asked]);
});

test('what there is nothing to learn from is put away, and comes back', async () => {
  await missed('zutano perengano qwerty');
  const turn = (await review('missed')).find(({ said }) => said.startsWith('zutano'));
  const params = { id: turn?.id ?? '' };
  await elena.call(api.dismissTurn, { params, body: { dismissed: true } });
  expect((await review('all')).map(({ id }) => id)).not.toContain(turn?.id);
  await elena.call(api.dismissTurn, { params, body: { dismissed: false } });
  expect((await review('all')).map(({ id }) => id)).toContain(turn?.id);

  const first = await elena.call(api.listTurns, { query: { limit: 1 } });
  const second = await elena.call(api.listTurns, { query: { limit: 1, cursor: first.nextCursor ?? '' } });
  expect(second.turns[0]?.id).not.toBe(first.turns[0]?.id);
  expect((await elena.refused(api.listTurns, { query: { cursor: 'nonsense' } })).code).toBe('invalid_cursor');
});

test('danger is on no list, and nothing is kept of what it was about', async () => {
  const lupe = await centre.resident();
  await lupe.say('mi esposo me golpea y tengo miedo');
  await lupe.isTold('handed_off');
  const rows = await centre.server.context.database.db
    .selectFrom('bot_turn')
    .selectAll()
    .where('outcome', '=', 'danger')
    .execute();
  expect(rows).toMatchObject([{ understood: null, confidence: null }]);
  expect(JSON.stringify(await review('all'))).not.toContain('esposo');
});
