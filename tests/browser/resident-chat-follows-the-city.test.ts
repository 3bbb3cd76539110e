import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

const never = { '1': [], '2': [], '3': [], '4': [], '5': [], '6': [], '7': [] };

let centre: ContactCentre;
let browser: TestBrowser;
let fernando: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  fernando = await centre.operator('fernando');
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('an open chat takes new colours and words at once, and stays readable', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Hola');
  await chat.reads('soy el asistente');
  const settings = await fernando.call(api.chatSettings);

  await fernando.call(api.saveChatSettings, {
    body: {
      ...settings,
      color: '#ffe14d',
      title: { es: 'Puerto a la orden', en: 'At your service' },
      position: 'left',
    },
  });
  await page.getByRole('dialog', { name: 'Chat con Puerto a la orden' }).waitFor();
  await until(async () => ((await chat.panel.boundingBox())?.x ?? 999) < 100, { what: 'the chat on the left' });
  await expectNoAxeViolations(page);

  await fernando.call(api.saveChatSettings, { body: settings });
  await page.getByRole('dialog', { name: 'Chat con Línea Veracruz' }).waitFor();
});

test('required questions come first, after the notice, with a way past them for whoever is in danger', async () => {
  const settings = await fernando.call(api.chatSettings);
  const preChat = { name: 'required', email: 'required', topic: 'optional' } as const;
  await fernando.call(api.saveChatSettings, { body: { ...settings, preChat } });
  onTestFinished(async () => void (await fernando.call(api.saveChatSettings, { body: settings })));
  const page = await browser.newPage({ viewport: phone, hasTouch: true, reducedMotion: 'reduce' });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();

  await chat.panel.getByRole('button', { name: 'Acepto' }).click();
  expect(await chat.composer.count()).toBe(0);
  await chat.panel.getByLabel('¿Cómo te llamas?').fill('Rosa');
  await chat.panel.getByLabel('Tu correo').fill('rosa@');
  await chat.panel.getByRole('button', { name: 'Continuar' }).click();
  await chat.panel.getByText('Ese correo no parece completo').waitFor();
  await expectNoAxeViolations(page);
  await chat.panel.getByLabel('Tu correo').fill('rosa@example.org');
  await chat.panel.getByRole('button', { name: 'Continuar' }).click();
  await chat.composer.waitFor();
  await chat.say('Hola');
  await chat.reads('Hola, Rosa');

  const other = await browser.newPage();
  const urgent = chatOnScreen(other);
  await other.goto('/');
  await urgent.open();
  await urgent.panel.getByRole('button', { name: 'Es urgente: escribir sin dejar mis datos' }).click();
  await urgent.say('me están pegando');
  await urgent.reads('079');
});

test('outside hours the resident is told when a person answers, and may leave the message', async () => {
  const queues = await fernando.call(api.listQueues);
  // Neither today nor tomorrow, whenever this runs.
  const weekday = String(((new Date().getDay() + 2) % 7) + 1) as '1' | '2' | '3' | '4' | '5' | '6' | '7';
  const days = { ...never, [weekday]: [{ from: '09:00', to: '10:00' }] };
  for (const { id, open, opensAt, ...queue } of queues) {
    const hours = { ...queue.hours, days, closedOnHolidays: false };
    await fernando.call(api.saveQueue, { params: { id }, body: { ...queue, hours } });
  }
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await page.getByText(/una persona, el .+ a las 9:00/).waitFor();
  await chat.open();
  await chat.say('Quiero hablar con una persona');
  await chat.place.getByText(/te responden el .+ a las 9:00/).waitFor();
  await chat.reads(/Una persona te responde/);
  await chat.say('Les dejo mi mensaje');
  await until(async () => (await chat.markOf('Les dejo mi mensaje')) !== 'Enviando', {
    what: 'the message to be stored',
  });

  for (const { id, open, opensAt, ...queue } of queues) {
    await fernando.call(api.saveQueue, { params: { id }, body: queue });
  }
  await chat.place.getByText(/Sigues tú|en la fila/).waitFor();
});

test('a session that is no longer valid starts an empty conversation, and sends what was waiting', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Hola');
  await chat.reads('soy el asistente');
  await page.evaluate(
    'for (const key of Object.keys(localStorage)) if (key.endsWith(":token")) localStorage.setItem(key, JSON.stringify("forged"))',
  );
  await page.reload();
  await chat.panel.getByText('Tu sesión de chat ya no es válida').waitFor();
  expect(await chat.bubbles.count()).toBe(0);
  await chat.say('Hola otra vez');
  await chat.reads('soy el asistente');
});
