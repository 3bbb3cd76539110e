import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { launchBrowser, type TestBrowser, withMicrophone } from '../support/browser.ts';
import { callingResident } from '../support/calling-resident.ts';
import { inTown, opens } from '../support/case-desk.ts';
import { type ConsoleOnScreen, consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { countedHands, type Hands } from '../support/counted-hands.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';
import { waitingResident } from '../support/waiting-resident.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let operator: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  browser = await launchBrowser(centre.url, withMicrophone);
  operator = await centre.operator('ana');
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

const document = new URL('../../docs/ten-tasks.md', import.meta.url);

/** What the document says: a row a task, its name first, then keys and clicks. */
async function documented() {
  const rows = (await readFile(document, 'utf8')).matchAll(/^\| \d+ \| ([^|]+) \| (\d+) \| (\d+) \|/gm);
  return Object.fromEntries(
    [...rows].map(([, name = '', keys, clicks]) => [name.trim(), { keys: Number(keys), clicks: Number(clicks) }]),
  );
}

interface Desk {
  page: Page;
  desk: ConsoleOnScreen;
  hands: Hands;
}

/** Where a task begins. What leads there is not counted. */
interface Start extends Desk {
  resident: ResidentClient;
  ticketId: string;
}

interface Task {
  begin?(start: Start): Promise<void>;
  byKeys(start: Start): Promise<void>;
  byMouse(start: Start): Promise<void>;
  done(start: Start): Promise<unknown>;
}

const button = ({ page }: Desk, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const commandBar = (page: Page) => page.getByRole('combobox', { name: '¿Qué quieres hacer?' });
const inDialog = ({ desk }: Desk, name: string | RegExp) => desk.dialog.getByRole('button', { name });
const bache = { name: 'bache.txt', mimeType: 'text/plain', buffer: Buffer.from('Frente al número 14') };

/** The system asks which file: that is the same everywhere, and not counted. */
async function chooseFile({ page, desk }: Desk, open: () => Promise<void>) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()]);
  await chooser.setFiles(bache);
  await desk.conversation.getByText(bache.name).waitFor();
}

let folio = '';

const tasks: Record<string, Task> = {
  'Answer with a canned reply': {
    begin: ({ desk }) => desk.reply.focus(),
    async byKeys({ page, hands }) {
      await hands.keys('/');
      await hands.write('hola');
      await page.getByRole('option', { name: /Saludo/ }).waitFor();
      await hands.keys('Enter', 'Enter');
    },
    async byMouse(start) {
      await start.hands.click(button(start, 'Respuestas rápidas'));
      await start.hands.click(start.page.getByRole('option', { name: /Saludo/ }));
      await start.hands.click(button(start, 'Enviar'));
    },
    done: ({ resident }) => resident.reads('Ya leí lo que escribiste'),
  },
  'Attach a file': {
    begin: ({ desk }) => desk.reply.focus(),
    async byKeys(start) {
      await chooseFile(start, () => start.hands.keys('Alt+a'));
      await start.hands.keys('Enter');
    },
    async byMouse(start) {
      await chooseFile(start, () => start.hands.click(start.page.locator('label', { hasText: 'Adjuntar archivos' })));
      await start.hands.click(button(start, 'Enviar'));
    },
    done: ({ resident }) =>
      until(() => JSON.stringify(resident.messages).includes(bache.name), { what: 'the file at the resident' }),
  },
  'Open a case and give its folio': {
    async begin({ resident, desk }) {
      await resident.say('Hay un bache enorme frente a la escuela');
      await resident.say([{ type: 'location', ...inTown }]);
      await desk.timeline.getByText('Ubicación').first().waitFor();
    },
    async byKeys({ desk, page, hands }) {
      await desk.press();
      await hands.keys('c');
      await until(async () => (await page.evaluate('document.activeElement.role ?? ""')) === 'combobox', {
        what: 'the caret in the service',
      });
      await hands.write('bach');
      await page.getByRole('option', { name: 'Bache' }).waitFor();
      await hands.keys('Enter');
      await desk.dialog.getByText('Listo para abrir').waitFor();
      await hands.keys('Control+Enter');
    },
    async byMouse(start) {
      const { desk, page, hands } = start;
      await hands.click(desk.citizen.getByRole('button', { name: /^Abrir caso/ }));
      await until(async () => (await page.evaluate('document.activeElement.role ?? ""')) === 'combobox', {
        what: 'the caret in the service',
      });
      await hands.write('bach');
      await hands.click(page.getByRole('option', { name: 'Bache' }));
      await desk.dialog.getByText('Listo para abrir').waitFor();
      await hands.click(inDialog(start, 'Abrir caso y dar folio'));
    },
    async done({ desk, resident }) {
      await desk.dialog.getByRole('heading', { name: 'Caso abierto' }).waitFor();
      await resident.reads('Tu reporte quedó registrado: Bache');
    },
  },
  'Look up a folio': {
    begin: ({ desk }) => desk.press(),
    async byKeys({ page, hands }) {
      await hands.keys('Control+k');
      await commandBar(page).waitFor();
      await hands.write(folio);
      await page.getByRole('option', { name: folio }).waitFor();
      await hands.keys('Enter');
    },
    async byMouse({ page, hands }) {
      await hands.click(page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'Casos' }));
      await hands.click(page.getByRole('searchbox'));
      await hands.write(folio);
      await hands.click(page.getByRole('link', { name: new RegExp(folio) }).first());
    },
    done: ({ page }) => page.getByRole('heading', { name: /Bache/ }).first().waitFor(),
  },
  "Find somebody's earlier contact": {
    begin: ({ desk }) => desk.press(),
    async byKeys({ page, hands }) {
      await hands.keys('Control+k');
      await commandBar(page).waitFor();
      await hands.write('Marta Antes');
      await page
        .getByRole('option', { name: /Marta Antes/ })
        .first()
        .waitFor();
      await hands.keys('Enter');
    },
    async byMouse({ desk, page, hands }) {
      await hands.click(page.getByRole('searchbox'));
      await hands.write('Marta Antes');
      await hands.click(desk.rows.filter({ hasText: 'Marta Antes' }).first());
    },
    done: ({ page }) => page.getByRole('heading', { name: 'Marta Antes' }).first().waitFor(),
  },
  'Snooze until this afternoon or tomorrow': {
    begin: ({ desk }) => desk.press(),
    async byKeys({ page, hands }) {
      await hands.keys('s');
      await until(() => page.evaluate("document.activeElement.closest('[role=dialog] li') !== null"), {
        what: 'the focus on the first time',
      });
      await hands.keys('Enter');
    },
    async byMouse(start) {
      await start.hands.click(button(start, 'Posponer'));
      await start.hands.click(start.desk.dialog.getByRole('listitem').first());
    },
    done: ({ ticketId }) => operator.ticketBecomes(ticketId, { state: 'snoozed' }),
  },
  'Transfer with a note': {
    begin: ({ desk }) => desk.press(),
    async byKeys({ desk, page, hands }) {
      await hands.keys('t');
      await until(() => page.evaluate("document.activeElement.matches('[role=dialog] input')"), {
        what: 'the caret in the search',
      });
      await hands.write('trámites');
      await hands.keys('Enter');
      await hands.write('Pregunta por su predial');
      await hands.keys('Control+Enter');
      await desk.dialog.waitFor({ state: 'detached' });
    },
    async byMouse(start) {
      const { desk, hands } = start;
      await hands.click(button(start, 'Pasar'));
      await hands.click(desk.dialog.getByText('Trámites y pagos'));
      await hands.click(desk.dialog.getByLabel(/^Nota/));
      await hands.write('Pregunta por su predial');
      await hands.click(inDialog(start, 'Pasar'));
    },
    done: ({ ticketId }) => operator.ticketBecomes(ticketId, { queueId: 'tramites' }),
  },
  'Close with what came of it': {
    begin: ({ desk }) => desk.press(),
    async byKeys({ page, desk, hands }) {
      await hands.keys('e');
      await until(() => page.evaluate("document.activeElement.type === 'radio'"), {
        what: 'the focus on the first way to end',
      });
      await hands.keys('ArrowDown');
      await desk.dialog.getByRole('radio', { name: 'Se dio información', checked: true }).waitFor();
      await hands.keys('Enter');
    },
    async byMouse(start) {
      await start.hands.click(button(start, 'Cerrar'));
      await start.hands.click(start.desk.dialog.getByText('Se dio información'));
      await start.hands.click(inDialog(start, 'Cerrar contacto'));
    },
    done: ({ ticketId }) => operator.ticketBecomes(ticketId, { state: 'closed' }),
  },
};

/** A contact of Ana's, open on her screen. */
async function contactOf(at: Desk, name: string): Promise<Start> {
  const resident = await waitingResident(centre, name);
  const { ticketId } = await resident.say('Sigo aquí');
  await operator.call(api.takeTicket, { params: { id: ticketId ?? '' } });
  await at.page.goto(`/console/tickets/${ticketId}?view=mine`);
  await at.desk.reply.waitFor();
  return { ...at, resident, ticketId: ticketId ?? '' };
}

/** A task in which somebody comes, and is with whoever takes them. */
async function takesNext({ desk, hands }: Desk, way: 'byKeys' | 'byMouse') {
  await waitingResident(centre, `Próxima ${way}`);
  await desk.goAvailable();
  await desk.offer.waitFor();
  if (way === 'byKeys') {
    await desk.press();
    await hands.keys('Enter');
  } else {
    await hands.click(desk.offer.getByRole('button', { name: 'Aceptar' }));
  }
  await desk.reply.waitFor();
  const count = hands.count();
  await desk.goAway();
  return count;
}

async function answersACall(at: Desk, way: 'byKeys' | 'byMouse') {
  const { page, desk, hands } = at;
  await desk.goAvailable();
  const rosa = await callingResident(await centre.resident());
  await rosa.presses('0');
  const answer = desk.offer.getByRole('button', { name: 'Contestar' });
  await answer.waitFor();
  if (way === 'byKeys') {
    await desk.press();
    await hands.keys('Enter');
  } else {
    await hands.click(answer);
  }
  await rosa.talks();
  await desk.call.getByText('En llamada', { exact: true }).waitFor();
  const afterwards = page.getByRole('form', { name: 'La llamada terminó' });
  if (way === 'byKeys') {
    await hands.keys('Alt+x');
    await afterwards.waitFor();
    await hands.keys('1', 'Control+Enter');
  } else {
    await hands.click(desk.call.getByRole('button', { name: 'Colgar' }));
    await hands.click(afterwards.getByText('Resuelto'));
    await hands.click(afterwards.getByRole('button', { name: 'Terminar' }));
  }
  await afterwards.waitFor({ state: 'hidden' });
  const count = hands.count();
  await desk.goAway();
  return count;
}

async function walk(way: 'byKeys' | 'byMouse'): Promise<Record<string, { keys: number; clicks: number }>> {
  const page = await browser.newPage();
  // From here on the system's window for files never opens, however fast the keys are.
  page.on('filechooser', () => {});
  const desk = consoleOnScreen(page);
  const at: Desk = { page, desk, hands: countedHands(page) };
  await desk.signIn('ana');
  await desk.takeCalls();
  const counts = { 'Take the next contact': await takesNext(at, way) } as Awaited<ReturnType<typeof walk>>;
  counts['Answer a call and finish it'] = await answersACall(at, way);
  for (const [name, task] of Object.entries(tasks)) {
    const start = await contactOf(at, `${name} ${way}`);
    await task.begin?.(start);
    await task[way](start);
    await task.done(start);
    counts[name] = start.hands.count();
    // A place for the next.
    await operator.close(start.ticketId).catch(() => {});
  }
  return counts;
}

test('the ten most frequent tasks take as many keys, and as many clicks, as the document says', async () => {
  ({ folio } = await opens(operator));
  const before = await waitingResident(centre, 'Marta Antes');
  const { ticketId } = await before.say('Gracias');
  await operator.call(api.takeTicket, { params: { id: ticketId ?? '' } });
  await operator.close(ticketId ?? '');

  const byKeys = await walk('byKeys');
  const byMouse = await walk('byMouse');
  expect(Object.values(byKeys).map(({ clicks }) => clicks)).toEqual(Object.values(byKeys).map(() => 0));
  const counted = Object.fromEntries(
    Object.keys(byKeys).map((name) => [name, { keys: byKeys[name]?.keys, clicks: byMouse[name]?.clicks }]),
  );
  expect(counted).toEqual(await documented());
}, 240_000);
