import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spokenPhone } from '../../agent-console/src/composables/phone.ts';
import { api } from '../../server/contract/routes.ts';
import type { VoiceLine } from '../../server/contract/voice.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser, withMicrophone } from '../support/browser.ts';
import { aCaller, type Caller, someNumber } from '../support/caller.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let ana: OperatorClient;

const done = async () => ({ outcome: 'done' as const });
/** Takes every order; what happens then is up to the test. */
const quietLine: VoiceLine = {
  kind: 'twilio',
  recall: done,
  dial: async () => ({ outcome: 'done', providerCallId: 'CA-out' }),
  ring: done,
  arrange: done,
  hangUp: done,
  record: done,
  look: async () => [],
  fetchRecording: async () => ({ outcome: 'fetched', bytes: halfSilent(8) }),
  eraseRecording: async () => {},
  deviceFor: async () => ({}),
};

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  centre.server.context.lines.set('voz', quietLine);
  browser = await launchBrowser(centre.url, withMicrophone);
  ana = await centre.operator('ana');
  await ana.call(api.setPresence, { body: { status: 'away', takesCalls: true } });
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

/** A recording of so many seconds: a tone, and from the middle on nothing. */
function halfSilent(seconds: number): Uint8Array {
  const rate = 8_000;
  const samples = Int16Array.from({ length: seconds * rate }, (_, at) =>
    at < (seconds * rate) / 2 ? Math.round(Math.sin(at / 6) * 12_000) : 0,
  );
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

/** Ana takes the call, and is on the line. */
async function isAnswered(caller: Caller): Promise<void> {
  await ana.call(api.takeTicket, { params: { id: caller.ticketId } });
  const leg = await until(
    async () => (await ana.open(caller.ticketId)).calls.at(-1)?.legs.find(({ role }) => role === 'operator'),
    { what: "Ana's telephone to ring" },
  );
  await caller.isRecalled();
  await caller.reports({ kind: 'joined', legId: leg.id });
  await caller.isRecalled();
  await caller.reports({ kind: 'joined', legId: caller.callId });
}

async function expectNoAxeViolationsInBothThemes(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNoAxeViolations(page);
  }
}

test('after the call, what came of it is chosen by a key and noted, and the recording is heard', async () => {
  const caller = await aCaller(centre);
  await caller.presses('0');
  await isAnswered(caller);
  // Her telephone is played by the test: the console asks for its ring, perhaps once more than there is a call.
  const page = await browser.newPage({ reducedMotion: 'reduce', expectedErrors: [/409.*rejoin/] });
  const desk = consoleOnScreen(page);
  await desk.signIn('ana', `/tickets/${caller.ticketId}`);
  await desk.reads(/Ana Ruiz contestó/);
  await caller.reports({
    kind: 'recording',
    source: { recordingSid: 'RE1' },
    startedAt: centre.clock.now(),
    milliseconds: 8_000,
  });
  await caller.hangsUp();

  const panel = page.getByRole('form', { name: 'La llamada terminó' });
  await panel
    .getByText(/Plática|Cierre/)
    .first()
    .waitFor();
  await panel.getByRole('button', { name: 'Necesito más tiempo' }).click();
  await panel
    .getByRole('timer')
    .getByText(/^[12]:\d\d/)
    .waitFor();

  const ended = desk.timeline.getByRole('article', { name: 'Terminó la llamada' });
  await ended.getByText('Atendida').waitFor();
  await ended.getByRole('button', { name: 'Escuchar' }).click();
  const wave = ended.getByRole('slider', { name: 'Posición en la grabación' });
  await until(async () => (await wave.getAttribute('aria-disabled')) === 'false');
  await ended.getByTitle('4 s de silencio').waitFor();
  await wave.press('Home');
  await wave.press('ArrowRight');
  await until(async () => Number(await wave.getAttribute('aria-valuenow')) >= 5);
  await expectNoAxeViolationsInBothThemes(page);

  await desk.press('2');
  await until(() => panel.getByRole('radio', { name: /Se dio información/ }).isChecked());
  await page.keyboard.press('n');
  await page.keyboard.type('Le expliqué dónde pagar');
  await page.keyboard.press('Control+Enter');
  await panel.waitFor({ state: 'detached' });
  const { ticket, events, calls } = await ana.open(caller.ticketId);
  expect(ticket).toMatchObject({ state: 'closed', disposition: 'informado' });
  expect(events.find(({ type }) => type === 'note')?.data).toMatchObject({ text: 'Le expliqué dónde pagar' });
  expect(calls[0]).toMatchObject({ outcome: 'answered', wrapUpUntil: null });
});

test('a call that was given up is seen in the list with where that was, and called back from there', async () => {
  const from = someNumber();
  const spoken = spokenPhone(from);
  const caller = await aCaller(centre, { from });
  await caller.presses('0');
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const desk = consoleOnScreen(page);
  await desk.signIn('ana', '/calls');
  const row = page.getByRole('listitem').filter({ hasText: spoken });
  await row.getByText('En espera').waitFor();
  await caller.hangsUp();
  await row.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Abandonadas' }).click();
  await row.getByText('Colgó sin que le contestaran').waitFor();
  await row.getByText(/En la espera, a los/i).waitFor();
  await expectNoAxeViolationsInBothThemes(page);
  await row.getByRole('button', { name: `Devolver la llamada a ${spoken}` }).click();
  await desk.conversation.waitFor();
  await desk.reads(`le llamó al ${spoken}`);
  const { calls } = await ana.open(caller.ticketId);
  expect(calls.map(({ direction }) => direction)).toEqual(['in', 'out']);
});
