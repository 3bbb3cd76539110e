import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BroadcastDetail } from '../../server/contract/broadcast.ts';
import type { CaseDetail } from '../../server/contract/case.ts';
import type { Part } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { broadcastBecomes, broadcasts, openBroadcast } from '../support/broadcasts.ts';
import { aContact, type Contact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { aNumber } from '../support/memory-person.ts';
import { likeWhatsApp, type Network, plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

const DAY = 24 * 3_600;

let centre: ContactCentre;
let whatsApp: Network;
let messenger: Network;
/** With the grant, and a supervisor; Beto is neither. */
let elena: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  whatsApp = await plugNetwork(centre, 'whatsapp');
  messenger = await plugNetwork(centre, 'messenger', { ...likeWhatsApp, parts: new Set(['text', 'media']) });
  [elena, beto] = (await Promise.all([centre.operator('elena'), centre.operator('beto')])) as [
    OperatorClient,
    OperatorClient,
  ];
});
afterAll(() => centre?.stop());

const template = { id: 'novedad-de-folio', variables: ['VER-2026-000001', 'en proceso'] };

const follow = ({ id }: CaseDetail, ticketId: string | null) =>
  elena.call(api.followCaseFor, { params: { id }, body: { ticketId: ticketId ?? '' } });

/** Somebody who follows the case from a network, and wrote so many seconds ago. */
async function followerOn(network: Network, report: CaseDetail, ago = 0) {
  const from = aNumber();
  const sentAt = new Date(centre.clock.now().getTime() - ago * 1_000).toISOString();
  const { ticketId, conversationId } = await network.writes(from, 'Yo también', { sentAt });
  await follow(report, ticketId);
  return { from, conversationId };
}

async function optsOut(address: string): Promise<void> {
  const { db } = centre.server.context.database;
  await db.updateTable('identity').set({ opted_out_at: new Date() }).where('address', '=', address).execute();
}

/** Somebody in danger, who says whether this chat is safe. */
async function inDanger(channel: 'this_chat' | 'none'): Promise<Contact> {
  const contact = await aContact(centre);
  const safeContact = { channel, address: null, hours: null, name: null, voicemail: false };
  await opens(elena, { serviceId: 'violencia-genero', place: null, ticketId: contact.ticketId, safeContact });
  return contact;
}

const got = (network: Network, from: string): Part[] =>
  network.channel.sent.filter(({ to }) => to === from).flatMap(({ message }) => message.parts);
const heard = ({ resident }: Contact, text: string) =>
  resident.messages.filter((message) => message.direction === 'out' && words(message).includes(text));

test('what the preview says is what happens, to each by their way', async () => {
  const reporter = await aContact(centre);
  const report = await opens(elena, { ticketId: reporter.ticketId });
  const neighbour = await aContact(centre);
  await follow(report, neighbour.ticketId);
  const open = await followerOn(whatsApp, report);
  const closed = await followerOn(whatsApp, report, DAY);
  const stopped = await followerOn(whatsApp, report);
  await optsOut(stopped.from);
  const onMessenger = await followerOn(messenger, report, DAY);
  const [safe, unsafe] = [await inDanger('this_chat'), await inDanger('none')];
  await follow(report, safe.ticketId);
  await follow(report, unsafe.ticketId);

  const composed = { caseId: report.id, text: 'Mañana no habrá paso', template };
  const { preview, broadcast } = await broadcasts(elena, composed);
  expect(preview).toEqual({
    recipients: 8,
    reach: [
      { channel: 'chat', how: 'text', count: 3 },
      { channel: 'whatsapp', how: 'text', count: 1 },
      { channel: 'whatsapp', how: 'template', count: 1 },
      { channel: 'whatsapp', how: 'opted_out', count: 1 },
      { channel: null, how: 'unreachable', count: 1 },
      { channel: null, how: 'unsafe', count: 1 },
    ],
    needsApproval: false,
    approvalAbove: 50,
  });
  expect(broadcast).toMatchObject({ state: 'sending', folio: report.folio, createdBy: { id: elena.id } });

  const done = await broadcastBecomes(elena, broadcast, ({ state, progress }) => state === 'done' && !progress.pending);
  expect(done.progress).toEqual({
    recipients: 8,
    pending: 0,
    skipped: 3,
    sent: expect.any(Number),
    delivered: expect.any(Number),
    read: expect.any(Number),
    failed: 0,
  });
  const detail = await openBroadcast(elena, broadcast);
  expect(detail.reach).toEqual(preview.reach);
  expect(
    detail.recipients
      .slice(0, 3)
      .map(({ how, status }) => `${how} ${status}`)
      .sort(),
  ).toEqual(['opted_out skipped', 'unreachable skipped', 'unsafe skipped']);

  // Words, card and key for some; the template for another; a sentence that says nothing for whoever is in danger.
  expect(
    got(whatsApp, open.from)
      .map((part) => (part.type === 'text' ? part.text : part.type))
      .join(' '),
  ).toContain('Mañana no habrá paso');
  expect(got(whatsApp, closed.from)).toMatchObject([{ type: 'template', templateId: 'novedad-de-folio' }]);
  expect(got(whatsApp, stopped.from)).toEqual([]);
  expect(got(messenger, onMessenger.from)).toEqual([]);
  for (const person of [reporter, neighbour]) {
    await until(() => heard(person, 'Mañana no habrá paso').length === 1, { what: 'the notice in the chat' });
  }
  await until(() => heard(safe, 'Hay una novedad').length === 1, { what: 'the neutral words' });
  await Promise.all([safe, unsafe].map(({ resident }) => resident.sync()));
  expect([...safe.resident.messages, ...unsafe.resident.messages].map(words).join()).not.toMatch(/Mañana|VER-2026/);
  // Whoever has the key reads it in the case's story.
  const secret = centre.server.context.cases.secrets.ofReporter(report.id);
  const { story } = await elena.call(api.readFolio, { body: { folio: report.folio, secret } });
  expect(story.at(-1)).toMatchObject({ text: 'Mañana no habrá paso' });
});

test('who is protected shows neither in numbers nor by name to people without the grant', async () => {
  const report = await opens(elena);
  await follow(report, (await inDanger('none')).ticketId);
  const { preview, broadcast } = await broadcasts(beto, { caseId: report.id, text: 'Hola' });
  expect(preview.reach).toEqual([{ channel: null, how: 'unreachable', count: 1 }]);
  await broadcastBecomes(beto, broadcast, ({ state }) => state === 'done');
  expect(JSON.stringify(await openBroadcast(beto, broadcast))).not.toContain('unsafe');
  expect(JSON.stringify(await openBroadcast(elena, broadcast))).toContain('unsafe');
});

test('a protected case is nobody’s business without the grant, and its reporter is told nothing but that there is news', async () => {
  const reporter = await aContact(centre);
  const safeContact = { channel: 'this_chat' as const, address: null, hours: null, name: null, voicemail: false };
  const draft = { serviceId: 'violencia-genero', place: null, ticketId: reporter.ticketId, safeContact };
  const report = await opens(elena, draft);
  const body = { caseId: report.id, text: 'Tu cita es mañana' };
  expect(await beto.refused(api.previewBroadcast, { body })).toMatchObject({ status: 404 });
  const { broadcast } = await broadcasts(elena, body);
  await broadcastBecomes(elena, broadcast, ({ state }) => state === 'done');
  await until(() => heard(reporter, 'Hay una novedad').length === 1, { what: 'the neutral words' });
  expect(heard(reporter, 'cita')).toEqual([]);
  expect(await beto.refused(api.openBroadcast, { params: { id: broadcast.id } })).toMatchObject({ status: 404 });
  expect(await beto.call(api.listBroadcasts, { query: {} })).not.toContainEqual(
    expect.objectContaining({ id: broadcast.id }),
  );
});

test('without a template whoever’s window is closed is not reached; a wrong one is refused', async () => {
  const report = await opens(elena);
  await followerOn(whatsApp, report, DAY);
  const body = { caseId: report.id, text: 'Hola' };
  expect((await elena.call(api.previewBroadcast, { body })).reach).toEqual([
    { channel: null, how: 'unreachable', count: 1 },
  ]);
  expect(
    await elena.refused(api.previewBroadcast, { body: { ...body, template: { ...template, variables: ['uno'] } } }),
  ).toMatchObject({ code: 'wrong_variables' });
});

test('asked for twice it is one; asked for with other people in mind it is refused', async () => {
  const report = await opens(elena);
  const neighbour = await aContact(centre);
  await follow(report, neighbour.ticketId);
  const body = { caseId: report.id, text: 'Una vez', clientId: randomUUID(), expectedRecipients: 1 };
  expect(await elena.refused(api.createBroadcast, { body: { ...body, expectedRecipients: 4 } })).toMatchObject({
    code: 'broadcast_changed',
    details: { recipients: 1 },
  });
  const made = await Promise.all([1, 2, 3].map(() => elena.call(api.createBroadcast, { body })));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  await broadcastBecomes(elena, made[0] as { id: string }, ({ state }) => state === 'done');
  await neighbour.resident.sync();
  expect(heard(neighbour, 'Una vez')).toHaveLength(1);
  expect(await elena.call(api.listBroadcasts, { query: { caseId: report.id } })).toHaveLength(1);
});

test('reports of the provider move it on, and consoles hear of it', async () => {
  const report = await opens(elena);
  const { from } = await followerOn(whatsApp, report);
  const lost = await followerOn(whatsApp, report);
  const { broadcast } = await broadcasts(elena, { caseId: report.id, text: 'Ya llegamos' });
  const sent = await broadcastBecomes(elena, broadcast, ({ progress }) => progress.sent === 2);
  const idOf = async (to: string) => {
    const { message } = whatsApp.channel.sent.findLast((outbound) => outbound.to === to) ?? {};
    const row = await centre.server.context.database.db
      .selectFrom('message_piece')
      .select('provider_message_id')
      .where('message_id', '=', message?.id ?? '')
      .orderBy('piece', 'desc')
      .executeTakeFirstOrThrow();
    return row.provider_message_id ?? '';
  };
  await whatsApp.reports({ providerMessageId: await idOf(from), status: 'read' });
  const failure = { code: '131026', reason: 'Ya no tiene WhatsApp.', permanent: true };
  await whatsApp.reports({ providerMessageId: await idOf(lost.from), status: 'failed', failure });
  const after = await broadcastBecomes(elena, broadcast, ({ progress }) => progress.failed === 1);
  expect(after.version).toBeGreaterThan(sent.version);
  await until(() => beto.heard('broadcast').some(({ id, progress }) => id === broadcast.id && progress.failed === 1), {
    what: 'Beto to hear of it',
  });
  const { recipients } = (await openBroadcast(elena, broadcast)) as BroadcastDetail;
  expect(recipients[0]).toMatchObject({ channel: 'whatsapp', status: 'failed', reason: 'Ya no tiene WhatsApp.' });
});
