import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { waitingResident } from '../support/waiting-resident.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre();
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('two residents and two operators at once: who looks, who writes, and a hand-over with a note', async () => {
  const [anaPage, betoPage] = [await browser.newPage(), await browser.newPage()];
  const [ana, beto] = [consoleOnScreen(anaPage), consoleOnScreen(betoPage)];
  await ana.signIn('ana');
  await ana.staysPut();
  await beto.signIn('beto', '/?view=waiting');
  const rosa = await waitingResident(centre, 'Rosa López');
  await ana.goAvailable();
  await ana.acceptOffer();

  const pedro = await waitingResident(centre, 'Pedro Ruiz');
  await ana.acceptOffer();
  await ana.say('Hola Pedro, te paso con mi compañero');
  await pedro.reads('te paso con mi compañero');
  expect(rosa.messages.some((message) => JSON.stringify(message).includes('compañero'))).toBe(false);

  await beto.goAvailable();
  await ana.press('t');
  await ana.dialog.getByLabel('Buscar persona o cola').fill('beto');
  await ana.dialog.getByText('Beto Cruz').click();
  await ana.dialog.getByText('Se le ofrecerá a Beto Cruz').waitFor();
  await ana.dialog.getByLabel('Nota para quien lo reciba').fill('Ya mandó su comprobante');
  await ana.dialog.getByRole('button', { name: 'Pasar contacto' }).click();

  await beto.acceptOffer();
  await beto.reads('Ya mandó su comprobante');
  await beto.reads('Ana Ruiz lo pasó a Beto Cruz');
  await pedro.ticketBecomes({ operatorName: 'Beto' });
  await ana.conversation.getByText('Lo atiende Beto Cruz.').waitFor();
  await beto.conversation.getByRole('status').getByText('Ana también lo ve').waitFor();
  await beto.reply.pressSequentially('Buenas');
  await ana.conversation.getByRole('status').getByText('Beto está escribiendo').waitFor();
  await beto.reply.press('Enter');
  await ana.reads('Buenas');

  await ana.rows.filter({ hasText: 'Rosa López' }).click();
  await beto.conversation.getByText('Ana también lo ve').waitFor({ state: 'detached' });
  await ana.say('Rosa, ya estoy contigo');
  await rosa.reads('ya estoy contigo');
});

test('an offer that gets no answer sets its operator to away, says so, and one button brings them back', async () => {
  const fernando = await centre.operator('fernando');
  const queues = await fernando.call(api.listQueues);
  for (const { id, open: _open, opensAt: _opensAt, ...queue } of queues) {
    await fernando.call(api.saveQueue, { params: { id }, body: { ...queue, offerSeconds: 5 } });
  }
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('carmen');
  await desk.goAvailable();
  await waitingResident(centre, 'Lola Sin Respuesta');
  await desk.offer.waitFor();
  await desk.offer.waitFor({ state: 'detached' });
  await page.getByText('se quedó sin respuesta').waitFor();
  await desk.presence.getByText('En pausa').waitFor();
  await page.getByRole('button', { name: 'Volver a estar disponible' }).click();
  await desk.presence.getByText('Disponible').waitFor();
  await page.getByText('se quedó sin respuesta').waitFor({ state: 'detached' });

  await waitingResident(centre, 'Nora Que Pasa');
  await desk.offer.getByRole('heading', { name: 'Nora Que Pasa' }).waitFor();
  await desk.press('Escape');
  await desk.offer.waitFor({ state: 'detached' });
});

test('a supervisor takes over what somebody else holds', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena', '/?view=all');
  await desk.rows.filter({ hasText: 'Rosa López' }).click();
  await desk.conversation.getByText('Lo atiende Ana Ruiz.').waitFor();
  await desk.press('a');
  await desk.reply.waitFor();
  await desk.tab('Míos').click();
  await desk.rows.filter({ hasText: 'Rosa López' }).waitFor();
});
