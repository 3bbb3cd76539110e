import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCaller, someNumber, turnOf } from '../support/caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre();
});

afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;
const ticket = (id: string) => db().selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const messages = (conversationId: string) =>
  db().selectFrom('message').selectAll().where('conversation_id', '=', conversationId).orderBy('seq').execute();

test('a caller is greeted, told of recording and privacy, and asked what they want', async () => {
  const caller = await aCaller(centre);
  expect(caller.hears).toMatch(
    /Línea Veracruz.*grabarse.*privacidad.*For English, press 9.*¿En qué te ayudo\?.*marca 0/s,
  );
  // All of it gives way to their first word or key: whoever is in danger does not hear it out.
  expect(caller.steps).toMatchObject([{ do: 'ask', turn: 1, speech: true, locale: 'es' }]);

  const conversation = await db()
    .selectFrom('conversation')
    .selectAll()
    .where('id', '=', caller.conversationId)
    .executeTakeFirstOrThrow();
  expect(conversation).toMatchObject({
    channel: 'voice',
    consent_version: centre.server.context.city.privacyNotice.version,
  });
  expect(await ticket(caller.ticketId)).toMatchObject({ state: 'bot', channel: 'voice' });
  const leg = await db().selectFrom('call_leg').selectAll().where('call_id', '=', caller.callId).execute();
  expect(leg).toMatchObject([{ id: caller.callId, role: 'citizen' }]);
});

test('a question is answered by voice, and the conversation has it all in writing', async () => {
  const caller = await aCaller(centre);
  expect(await caller.speaks('¿cómo pago el predial?')).toMatch(/predial/i);
  const stored = await messages(caller.conversationId);
  expect(stored.filter(({ direction }) => direction === 'in').map(({ parts }) => parts)).toEqual([
    [{ type: 'text', text: '¿cómo pago el predial?' }],
  ]);

  // The first choice that was read.
  expect(caller.hears).toContain('marca 1');
  await caller.presses('1');
  const answers = (await messages(caller.conversationId)).filter(({ direction }) => direction === 'in');
  expect(answers.at(-1)?.parts).toMatchObject([{ type: 'choice', title: expect.stringMatching(/^Sí/) }]);
});

test('a case is opened by voice, and its folio is asked for by keys in another call', async () => {
  const from = someNumber();
  const caller = await aCaller(centre, { from });
  await caller.speaks('quiero reportar un bache en Xalapa esquina con Allende, colonia Centro');
  const openCase = () =>
    db().selectFrom('service_case').selectAll().where('conversation_id', '=', caller.conversationId).executeTakeFirst();
  for (let step = 0; step < 8 && !(await openCase()); step++) {
    // What is asked is skipped, declined or agreed to: the first choice goes on everywhere but where there is none.
    const last = caller.steps.at(-1);
    if (last?.do === 'ask' && last.keys.most === 1) await caller.presses('1');
    else await caller.speaks('un hoyo muy grande que está en la esquina');
  }
  const opened = await openCase();
  expect(opened, caller.hears).toBeDefined();
  expect(caller.hears).toMatch(/V, E, R, guion/);
  await caller.hangsUp();

  const again = await aCaller(centre, { from });
  await again.presses('1');
  const [, year = '', number = ''] = opened?.folio.split('-') ?? [];
  if (!again.hears.includes('V, E, R')) await again.presses(`${year}${number}`);
  expect(again.hears).toMatch(/bache/i);
});

test('key 0 leads to a person from every prompt', async () => {
  const atOnce = await aCaller(centre);
  await atOnce.presses('0');
  expect(await ticket(atOnce.ticketId)).toMatchObject({ state: 'waiting' });
  expect(atOnce.steps.at(-1)).toMatchObject({ do: 'wait' });

  const inAnAnswer = await aCaller(centre);
  await inAnAnswer.speaks('¿a qué hora pasa la basura?');
  await inAnAnswer.presses('0');
  expect(await ticket(inAnAnswer.ticketId)).toMatchObject({ state: 'waiting' });

  const inAReport = await aCaller(centre);
  await inAReport.speaks('hay una fuga de agua');
  await inAReport.presses('0');
  expect(await ticket(inAReport.ticketId)).toMatchObject({ state: 'waiting' });
  expect((await messages(inAReport.conversationId)).map((row) => words(row))).toContain(
    'Quiero hablar con una persona',
  );
});

test('silence is asked once more, shorter, and then answered by a person', async () => {
  const caller = await aCaller(centre);
  const again = await caller.saysNothing();
  expect(again).toMatch(/¿Sigues ahí\?.*¿En qué te ayudo\?/s);
  expect(again).not.toMatch(/privacidad|grabarse/);
  expect(await caller.saysNothing()).toContain('Te paso con una persona');
  expect(await ticket(caller.ticketId)).toMatchObject({ state: 'waiting' });
});

test('key 9 changes to English, also for the bot', async () => {
  const caller = await aCaller(centre);
  expect(await caller.presses('9')).toContain('How can I help you?');
  expect(await messages(caller.conversationId)).toEqual([]);
  expect(await caller.speaks('How do I pay the property tax?')).toMatch(/property tax/i);
  expect(caller.steps.at(-1)).toMatchObject({ do: 'ask', locale: 'en' });
});

test('danger is answered with the first words, and the contact goes to the head of its queue', async () => {
  const caller = await aCaller(centre);
  expect(await caller.speaks('se está quemando mi casa, hay gente adentro')).toMatch(/nueve once|911/);
  expect(caller.steps.at(-1)).toMatchObject({ do: 'wait', keys: '' });
  expect(await ticket(caller.ticketId)).toMatchObject({ state: 'waiting', queue_id: 'urgente', priority: 0 });
});

test('a turn that is told twice, even at once, is answered once', async () => {
  const caller = await aCaller(centre);
  const turn = turnOf(caller.steps);
  const heard = { kind: 'speech', text: '¿cómo pago el predial?', confidence: 0.8 } as const;
  const [first, second] = await Promise.all([caller.asks({ heard, turn }), caller.asks({ heard, turn })]);
  expect(second).toEqual(first);
  expect(await caller.asks({ heard, turn })).toEqual(first);
  const said = (await messages(caller.conversationId)).filter(({ direction }) => direction === 'in');
  expect(said).toHaveLength(1);
  const { turn: last } = await db()
    .selectFrom('call')
    .select('turn')
    .where('id', '=', caller.callId)
    .executeTakeFirstOrThrow();
  expect(last).toBe(2);
});

test('a call that begins twice, and two behind one number', async () => {
  const from = someNumber();
  const one = await aCaller(centre, { from });
  expect(await one.asks({ heard: { kind: 'began' } })).toEqual(one.steps);
  const other = await aCaller(centre, { from });
  expect(other.ticketId).not.toBe(one.ticketId);
  const withheld = await Promise.all([aCaller(centre, { from: null }), aCaller(centre, { from: '+266696687' })]);
  expect(new Set(withheld.map(({ conversationId }) => conversationId)).size).toBe(2);
});
