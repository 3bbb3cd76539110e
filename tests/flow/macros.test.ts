import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MacroStep } from '../../server/contract/macro.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let elena: OperatorClient;
let cannedReplyId: string;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, elena] = await Promise.all([centre.operator('ana'), centre.operator('elena')]);
  const reply = await elena.call(api.createCannedReply, {
    body: {
      shortcut: 'despedida',
      title: 'Despedida',
      body: 'Gracias por escribir. Soy {{operator.name}}.',
      queueId: null,
    },
  });
  cannedReplyId = reply.id;
});
afterAll(() => centre?.stop());

const made = (steps: MacroStep[]) =>
  elena.call(api.createMacro, { body: { shortcut: `m-${randomUUID().slice(0, 8)}`, title: 'Despedir', steps } });
const run = (ticketId: string, macroId: string, who = ana) =>
  who.call(api.runMacro, { params: { id: ticketId }, body: { macroId, runId: randomUUID() } });

/** A contact that Ana holds. */
async function held(): Promise<string> {
  const { ticketId } = await aContact(centre);
  await ana.call(api.takeTicket, { params: { id: ticketId } });
  return ticketId;
}
const said = async (ticketId: string) => {
  const { messages } = await ana.open(ticketId);
  return messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? part.text : [])));
};

test('a macro answers, notes, raises and closes in one go; what it changed can be taken back', async () => {
  const ticketId = await held();
  const { id } = await made([
    { type: 'reply', cannedReplyId, send: true },
    { type: 'note', text: 'Despedida con macro' },
    { type: 'priority', priority: 1 },
    { type: 'close', disposition: 'spam' },
  ]);
  const { ticket, undoId } = await run(ticketId, id);
  expect(ticket).toMatchObject({ state: 'closed', disposition: 'spam', priority: 1 });
  expect(await said(ticketId)).toContain('Gracias por escribir. Soy Ana.');
  expect((await ana.open(ticketId)).events.map(({ type }) => type)).toContain('note');

  await ana.call(api.undoBulk, { params: { id: undoId ?? '' } });
  const { ticket: now } = await ana.open(ticketId);
  expect(now).toMatchObject({ state: 'assigned', operator: { id: ana.id }, priority: 2 });
});

test('a step that cannot be done leaves everything as it was', async () => {
  const { ticketId } = await aContact(centre);
  await elena.call(api.takeTicket, { params: { id: ticketId } });
  // Whoever supervises may raise and pass on what another holds, but not answer in their place.
  const { id } = await made([
    { type: 'priority', priority: 0 },
    { type: 'note', text: 'No debe quedar' },
    { type: 'reply', cannedReplyId, send: true },
  ]);
  const fernando = await centre.operator('fernando');
  const body = { macroId: id, runId: randomUUID() };
  expect((await fernando.refused(api.runMacro, { params: { id: ticketId }, body })).code).toBe('not_holder');
  const { ticket, events } = await elena.open(ticketId);
  expect(ticket.priority).toBe(2);
  expect(events.map(({ type }) => type)).not.toContain('note');
});

test('words to be read over first come back for the composer, and nothing is said', async () => {
  const ticketId = await held();
  const { id } = await made([{ type: 'reply', cannedReplyId, send: false }]);
  expect(await run(ticketId, id)).toMatchObject({ insert: 'Gracias por escribir. Soy Ana.', undoId: null });
  expect(await said(ticketId)).not.toContain('Gracias por escribir. Soy Ana.');
});

test('a run that is asked for again says nothing twice', async () => {
  const ticketId = await held();
  const { id } = await made([{ type: 'reply', cannedReplyId, send: true }]);
  const again = { params: { id: ticketId }, body: { macroId: id, runId: randomUUID() } };
  await ana.call(api.runMacro, again);
  await ana.call(api.runMacro, again);
  expect((await said(ticketId)).filter((text) => text.startsWith('Gracias'))).toHaveLength(1);
});

test.each<[string, unknown[]]>([
  [
    'a step after the end',
    [
      { type: 'close', disposition: 'spam' },
      { type: 'note', text: 'x' },
    ],
  ],
  ['an end that is not there', [{ type: 'close', disposition: 'no-existe' }]],
  ['a queue that is not there', [{ type: 'transfer', queueId: 'no-existe' }]],
  ['a reply that is not there', [{ type: 'reply', cannedReplyId: randomUUID(), send: true }]],
])('%s is refused when it is made', async (_, steps) => {
  const body = { shortcut: 'mal', title: 'Mal', steps } as never;
  expect((await elena.refused(api.createMacro, { body })).code).toBe('invalid_input');
});
