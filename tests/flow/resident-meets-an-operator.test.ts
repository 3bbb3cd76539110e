import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  ana = await centre.operator('ana');
});

afterAll(() => centre?.stop());

test('a resident writes and the bot answers, in the resident’s language', async () => {
  const lupe = await centre.resident({ locale: 'es' });
  const mary = await centre.resident({ locale: 'en' });
  expect(lupe.welcome.conversationId).toBeNull();

  const said = await lupe.say('Hola');
  await mary.say('Hello');

  expect(said).toMatchObject({ seq: 1, direction: 'in', status: 'stored' });
  await lupe.reads('soy el asistente virtual de Veracruz');
  await mary.reads('I am the virtual assistant of Veracruz');
  await until(() => lupe.cursors.cityRead >= 1, { what: 'the bot’s read mark' });
});

test('from the first word to the transcript: asked for, accepted, talked, closed, rated', async () => {
  const lupe = await centre.resident();
  await lupe.ask('consent', { version: lupe.welcome.city.privacyNotice.version });
  await lupe.ask('profile', { name: 'Guadalupe Pérez' });
  await lupe.say('Quiero hablar con una persona');
  await lupe.isTold('handed_off');
  await lupe.ticketBecomes({ state: 'waiting', position: 1, open: true });

  await ana.available();
  const offer = await ana.offered();
  expect(offer.ticket.citizen.name).toBe('Guadalupe Pérez');
  expect(offer.ticket.summary).toBeTruthy();
  await until(() => ana.heard('offer').some(({ id }) => id === offer.id), { what: 'the ring' });

  const ticket = await ana.accepts();
  await lupe.isTold('operator_joined');
  await lupe.ticketBecomes({ state: 'assigned', operatorName: 'Ana' });

  await ana.watch(ticket.id);
  lupe.socket.emit('typing', { typing: true });
  await until(() => ana.heard('citizen.typing').some(({ typing }) => typing), { what: 'Lupe typing' });
  ana.socket.emit('typing', { ticketId: ticket.id, typing: true });
  await until(() => lupe.typing === 'Ana', { what: 'Ana typing' });

  const answer = await ana.say(ticket.id, 'Hola Guadalupe, ¿en qué te ayudo?');
  await lupe.reads('¿en qué te ayudo?');
  expect(answer.author).toMatchObject({ type: 'operator', name: 'Ana' });
  await lupe.ask('receipt', { delivered: answer.seq, read: answer.seq });
  await until(() => ana.heard('cursors').some(({ cursors }) => cursors.citizenRead === answer.seq), {
    what: 'Lupe’s read mark',
  });

  const reply = await lupe.say('No ha pasado el camión de la basura');
  await until(() => ana.heard('message').some(({ message }) => message.id === reply.id), { what: 'Lupe’s message' });
  await ana.call(api.markRead, { params: { id: ticket.id }, body: { seq: reply.seq } });
  await until(() => lupe.cursors.cityRead >= reply.seq, { what: 'Ana’s read mark' });

  await ana.close(ticket.id);
  await lupe.isTold('closed');
  await lupe.ticketBecomes({ state: 'closed', ratable: true });
  await lupe.ask('rate', { ticketId: ticket.id, score: 5, comment: 'Muy amable' });
  await lupe.ticketBecomes({ ratable: false });
  expect((await lupe.refused('rate', { ticketId: ticket.id, score: 1 })).code).toBe('wrong_state');
  expect((await ana.open(ticket.id)).ticket.rating).toBe(5);

  const transcript = await fetch(`${centre.url}/api/v1/chat/transcript?token=${lupe.token}`);
  expect(transcript.headers.get('content-type')).toContain('text/plain');
  const text = await transcript.text();
  expect(text).toContain('Ana: Hola Guadalupe, ¿en qué te ayudo?');
  expect(text).toContain('Tú: No ha pasado el camión de la basura');
  await ana.away();
});
