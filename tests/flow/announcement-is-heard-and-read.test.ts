import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { ChatAnnouncement } from '../../server/contract/socket.ts';
import { aCaller } from '../support/caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  elena = await centre.operator('elena');
});

afterAll(() => centre?.stop());

const text = { es: 'Hay una fuga en la colonia Zaragoza; ya la revisamos.', en: '' };
const inHours = (hours: number) => new Date(centre.clock.now().getTime() + hours * 3_600_000).toISOString();

test('what is announced stands above every open chat, is heard by who calls, and ends by itself or by hand', async () => {
  const resident = await centre.resident();
  const shown: ChatAnnouncement[][] = [];
  resident.socket.on('announcements', (now) => shown.push(now));
  expect(resident.welcome.city.announcements).toEqual([]);

  const body = { text, voice: true, chat: true, until: inHours(2) };
  const put = await elena.call(api.putUpAnnouncement, { body });
  // Who reads English is better told in Spanish than not at all.
  expect(put.text).toEqual({ es: text.es, en: text.es });
  await until(() => shown.at(-1)?.[0]?.id === put.id, { what: 'the announcement in the open chat' });
  expect((await centre.resident()).welcome.city.announcements).toMatchObject([{ text: { es: text.es } }]);

  const caller = await aCaller(centre);
  expect(caller.hears).toContain(text.es);
  await caller.presses('0');
  expect(await caller.goesOn()).toContain(text.es);
  await caller.hangsUp();

  await elena.call(api.endAnnouncement, { params: { id: put.id } });
  await until(() => shown.at(-1)?.length === 0, { what: 'the chat without the announcement' });
  const next = await aCaller(centre);
  expect(next.hears).not.toContain(text.es);
  await next.hangsUp();
});

test('one for the telephone alone is not read, and one that is over by the clock is neither', async () => {
  const body = { text, voice: true, chat: false, until: inHours(1) };
  await elena.call(api.putUpAnnouncement, { body });
  expect((await centre.resident()).welcome.city.announcements).toEqual([]);
  expect((await elena.call(api.board)).announcements).toHaveLength(1);

  centre.clock.advance(61 * 60);
  expect(await elena.refused(api.putUpAnnouncement, { body })).toMatchObject({ code: 'invalid_input' });
  const caller = await aCaller(centre);
  expect(caller.hears).not.toContain(text.es);
  await caller.hangsUp();
});

test('operators put up nothing, and nowhere is no place', async () => {
  const ana = await centre.operator('ana');
  const body = { text, voice: false, chat: false, until: inHours(1) };
  expect(await ana.refused(api.putUpAnnouncement, { body })).toMatchObject({ status: 403 });
  expect(await elena.refused(api.putUpAnnouncement, { body })).toMatchObject({ code: 'invalid_input' });
});
