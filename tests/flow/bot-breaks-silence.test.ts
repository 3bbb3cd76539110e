import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre();
  const { bot, desk } = centre.server.context;
  await bot.prepare?.(desk);
}, 300_000);

afterAll(() => centre?.stop());

const MINUTE = 60;

test('who stops answering is reminded once, then bid a kind goodbye', { timeout: 120_000 }, async () => {
  const lupe = await centre.resident();
  await lupe.say('quiero reportar un bache');
  await lupe.reads('¿Dónde está?');
  centre.clock.advance(5 * MINUTE + 1);
  await lupe.reads('¿Sigues ahí?');
  centre.clock.advance(30 * MINUTE + 1);
  await lupe.reads('cierro por ahora');
  await until(async () => {
    const { database } = centre.server.context;
    const ticket = await database.db.selectFrom('ticket').selectAll().executeTakeFirstOrThrow();
    return ticket.state === 'closed' && ticket.disposition === 'sin-respuesta';
  });
  expect(lupe.messages.filter((message) => words(message).includes('¿Sigues ahí?'))).toHaveLength(1);
});

test('who answers in time is not disturbed', { timeout: 120_000 }, async () => {
  const [pepe, eva] = [await centre.resident(), await centre.resident()];
  await eva.say('quiero reportar un bache');
  await pepe.say('quiero reportar un bache');
  await Promise.all([eva.reads('¿Dónde está?'), pepe.reads('¿Dónde está?')]);
  centre.clock.advance(4 * MINUTE);
  await pepe.say('hidalgo y madero, centro');
  await pepe.reads('¿Tienes una foto');
  centre.clock.advance(2 * MINUTE);
  await eva.reads('¿Sigues ahí?');
  await pepe.say('cancelar');
  await pepe.reads('no envié nada');
  expect(pepe.messages.map(words).join('\n')).not.toContain('¿Sigues ahí?');
});
