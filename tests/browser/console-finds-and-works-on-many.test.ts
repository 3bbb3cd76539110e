import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { startCaseCentre } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [browser, elena] = await Promise.all([launchBrowser(centre.url), centre.operator('elena')]);
  for (const [name, words] of [
    ['Rosa Malpica', 'Hay unos baches enormes en la calle Arista'],
    ['Luis Lagunes', 'La luminaria de mi cuadra no prende'],
    ['Itzel Utrera', 'Se tapó el drenaje'],
  ] as const) {
    const resident = await centre.resident();
    const { ticketId } = await resident.say(words);
    const taken = await elena.call(api.takeTicket, { params: { id: ticketId ?? '' } });
    await elena.call(api.updateCitizen, { params: { id: taken.citizen.id }, body: { name } });
  }
  await centre.server.context.search.catchUp();
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

const isClosed = async () => (await elena.call(api.listTickets, { query: { view: 'mine' } })).counts.mine;

test('words are found and marked, and a list that is narrowed is kept as a view', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.rows.filter({ hasText: 'Itzel Utrera' }).waitFor();

  await desk.press('/');
  await page.keyboard.type('bache');
  await page.getByRole('region', { name: 'Lista de contactos' }).locator('mark', { hasText: 'baches' }).waitFor();
  expect(await desk.rows.count()).toBe(1);
  await until(() => new URL(page.url()).searchParams.get('q') === 'bache', { what: 'the address to say so' });
  await page.keyboard.press('Escape');
  await desk.rows.filter({ hasText: 'Itzel Utrera' }).waitFor();

  await desk.press('v');
  const filters = page.getByRole('group', { name: 'Filtrar la lista' });
  await filters
    .getByRole('button', { name: 'Canal' })
    .or(filters.getByRole('combobox', { name: 'Canal' }))
    .click();
  await page.getByRole('option', { name: 'Chat' }).first().click();
  await page.keyboard.press('Escape');
  await until(() => page.url().includes('channel=chat'), { what: 'the filter in the address' });
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await expectNoAxeViolations(page);
  await filters.getByRole('button', { name: 'Guardar como vista…' }).click();
  await page.getByLabel('Nombre de la vista').fill('Del chat');
  await page.keyboard.press('Enter');
  const view = page.getByRole('navigation', { name: 'Vistas guardadas' }).getByRole('link', { name: 'Del chat' });
  await view.getByText('3').waitFor();

  await filters.getByRole('button', { name: 'Quitar filtros' }).click();
  await until(() => !page.url().includes('channel'), { what: 'no filter' });
  await desk.press('g', '1');
  await until(() => page.url().includes('channel=chat'), { what: 'the view by its key' });
});

test('several are closed at once and given back, by keys alone', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.rows.filter({ hasText: 'Itzel Utrera' }).waitFor();
  await desk.press('j');
  await desk.conversation.waitFor();
  await desk.press('x', 'j', 'x');
  await page.getByRole('toolbar', { name: 'Contactos seleccionados' }).getByText('2 seleccionados').waitFor();
  await expectNoAxeViolations(page);
  await desk.press('e');
  await desk.dialog.getByText('Cerrar 2 contactos').waitFor();
  await until(() => page.evaluate("document.activeElement.type === 'radio'"), {
    what: 'the focus on the first way to end',
  });
  await page.keyboard.press('Enter');
  await until(async () => (await isClosed()) === 1, { what: 'two to be closed' });
  await page.getByText('Se cerraron 2 contactos').first().waitFor();
  await desk.press('z');
  await page.getByText('2 contactos quedaron como estaban').first().waitFor();
  expect(await isClosed()).toBe(3);
});

test('the command bar finds who it is', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.press('Control+k');
  await desk.dialog.getByRole('combobox').fill('lagunes');
  await desk.dialog.getByRole('group', { name: 'Personas' }).getByText('Luis Lagunes').click();
  await page.getByRole('main').getByRole('heading', { name: 'Luis Lagunes' }).first().waitFor();
});

test('two contacts of one person become one, answered on either channel, and are looked at again', async () => {
  const whatsapp = await plugNetwork(centre, 'whatsapp');
  const nora = await centre.resident();
  const { ticketId: chatId } = await nora.say('Mi recibo del agua salió doble');
  const { ticketId: waId } = await whatsapp.writes('+522295550101', 'Soy Nora, ya mandé la foto del recibo');
  const [chat, wa] = [chatId ?? '', waId ?? ''];
  for (const id of [chat, wa]) await elena.call(api.takeTicket, { params: { id } });
  const people = await Promise.all([chat, wa].map(async (id) => (await elena.open(id)).citizen.id));
  await elena.call(api.updateCitizen, { params: { id: people[1] ?? '' }, body: { name: 'Nora Díaz' } });
  await elena.call(api.mergeCitizens, { params: { id: people[1] ?? '' }, body: { otherId: people[0] ?? '' } });

  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena', `/tickets/${wa}`);
  await desk.reads('ya mandé la foto');
  await desk.press('m');
  await desk.dialog.getByRole('group', { name: 'Con cuál' }).getByText('salió doble').first().waitFor();
  await desk.dialog.getByRole('group', { name: 'Cuál sigue' }).getByText('ya mandé la foto').click();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Enter');
  await desk.dialog.waitFor({ state: 'detached' });
  await page.getByRole('list', { name: 'Contactos unidos a este' }).getByRole('button', { name: 'Separar' }).waitFor();
  // Without what was said about it for ten seconds, which keeps the focus by means that axe does not know.
  await page.reload();
  await page.getByRole('button', { name: 'Separar' }).waitFor();
  await desk.reads('salió doble');
  await expectNoAxeViolations(page);

  await nora.say('¿Ya lo vieron?');
  await desk.reads('¿Ya lo vieron?');
  await desk.conversation.getByRole('radio', { name: 'Chat', checked: true }).waitFor();
  await desk.say('Sí, te lo corrigen mañana');
  await nora.reads('te lo corrigen mañana');
  await page.getByRole('button', { name: 'Separar' }).waitFor({ state: 'detached' });

  await desk.press('d');
  await desk.dialog.getByLabel('Qué hay que revisar').fill('Que el recibo salga bien');
  await page.keyboard.press('Enter');
  const promised = page.getByRole('list', { name: 'Seguimientos' });
  await promised.getByText('Que el recibo salga bien').waitFor();
  await desk.press('g', 'd');
  await until(() => page.url().includes('list=follow-ups'), { what: 'the list in the address' });
  await page.reload();
  const row = page
    .getByRole('region', { name: 'Seguimientos' })
    .getByRole('link', { name: /Nora Díaz/ })
    .first();
  await row.waitFor();
  await expectNoAxeViolations(page);
  await row.focus();
  await page.keyboard.press('h');
  await page.getByRole('heading', { name: /^Hechos/ }).waitFor();
  // The person, who was once two, can be parted again as well.
  const done = page.getByRole('listitem').filter({ hasText: 'Seguimiento hecho' });
  await done.getByRole('button', { name: 'Deshacer' }).click();
  await page.getByRole('heading', { name: /^Después/ }).waitFor();
});

test('the next contact opens itself, unless somebody wants to stay where they are', async () => {
  const [first = '', second = ''] = await Promise.all(
    ['Se fue la luz en la cuadra', 'El camión no pasó'].map(async (words) => {
      const { ticketId } = await (await centre.resident()).say(words);
      await elena.call(api.takeTicket, { params: { id: ticketId ?? '' } });
      return ticketId ?? '';
    }),
  );
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  const close = async () => {
    await desk.press('e');
    await until(() => page.evaluate("document.activeElement.type === 'radio'"), { what: 'the ways to end' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Enter');
  };
  await desk.signIn('elena', `/tickets/${first}`);
  await desk.reads('Se fue la luz');
  await close();
  await until(() => page.url().includes('/tickets/') && !page.url().includes(first), { what: 'the next contact' });
  await page
    .getByRole('status')
    .getByText(/^Siguiente: .* espera tu respuesta/)
    .waitFor({ state: 'attached' });

  await page.goto(`/console/tickets/${second}`);
  await desk.reads('El camión no pasó');
  await desk.staysPut();
  await close();
  await desk.conversation.getByText('Este contacto está cerrado.').waitFor();
  expect(page.url()).toContain(second);
});
