import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser, withMicrophone } from '../support/browser.ts';
import { type ConsoleOnScreen, consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { listenTo, type SoundOnPage } from '../support/sound-on-page.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let neutral: string;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  // A page of our own stands for the weather or the news: tests never leave the origin.
  neutral = `${centre.url}/folio?lang=en`;
  const fernando = await centre.operator('fernando');
  const settings = await fernando.call(api.chatSettings);
  await fernando.call(api.saveChatSettings, { body: { ...settings, quickExit: neutral } });
  browser = await launchBrowser(centre.url, withMicrophone);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

// Nobody is asked whose page is gone with the test before.
afterEach(async () => {
  await centre.server.context.database.db.updateTable('presence').set({ status: 'away', takes_calls: false }).execute();
});

interface Desk {
  page: Page;
  desk: ConsoleOnScreen;
  sound: SoundOnPage;
}

/** Somebody at the console whose telephone is on. */
async function takesCalls(name: string, path?: string): Promise<Desk> {
  const page = await browser.newPage();
  const sound = await listenTo(page);
  const desk = consoleOnScreen(page);
  await desk.signIn(name, path);
  await desk.takeCalls();
  return { page, desk, sound };
}

/** After a call, so that the next one can come. */
async function finishesUp({ page }: Desk) {
  const afterwards = page.getByRole('form', { name: 'La llamada terminó' });
  await afterwards.getByText('Resuelto').click();
  await afterwards.getByRole('button', { name: 'Terminar' }).click();
  await afterwards.waitFor({ state: 'hidden' });
}

/** Somebody on a telephone of their own calls from the page of the city, and says it. */
async function callFromPage(answer: string) {
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  const sound = await listenTo(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Llamar' }).click();
  await page.getByRole('button', { name: 'Llamar ahora' }).click();
  const call = page.getByRole('dialog', { name: 'Llamar' });
  const said = call.getByRole('log', { name: 'Lo que se dice en la llamada' });
  const isTold = (words: string) => call.getByRole('status').getByText(words).waitFor();
  await said.getByText('¿En qué te ayudo?').waitFor();
  await call.getByLabel('Escribe tu respuesta').fill(answer);
  await call.getByRole('button', { name: 'Enviar' }).click();
  return { page, sound, call, said, isTold };
}

test('a call from the page goes through bot and queue to a person, is held, handed over, and can be heard afterwards', async () => {
  const [ana, beto] = await Promise.all([takesCalls('ana'), takesCalls('beto')]);
  const { sound, call, isTold } = await callFromPage('operador');
  await isTold('En espera de una persona');
  await sound.hearsMusic();

  await ana.desk.goAvailable();
  await ana.desk.offer.getByRole('button', { name: 'Contestar' }).click();
  const bar = ana.desk.call;
  await isTold('Hablas con Ana');
  await Promise.all([sound.hears(), ana.sound.hears()]);

  await bar.getByRole('button', { name: 'Dejar en espera' }).click();
  await isTold('En espera: vuelven contigo en un momento');
  await Promise.all([sound.hearsMusic(), sound.hearsNobody(), ana.sound.hearsNobody()]);
  await bar.getByRole('button', { name: 'Dejar en espera' }).click();
  await Promise.all([sound.hears(), ana.sound.hears()]);

  await beto.desk.goAvailable();
  await bar.getByRole('button', { name: 'Consultar' }).click();
  await ana.desk.dialog.getByText('Beto Cruz').click();
  await ana.desk.dialog.getByRole('button', { name: 'Consultar' }).click();
  await isTold('En espera: vuelven contigo en un momento');
  const asked = beto.page.getByRole('region', { name: 'Te consultan' });
  await asked.getByRole('button', { name: 'Contestar' }).click();
  await beto.desk.call.getByRole('button', { name: 'Salir de la llamada' }).waitFor();
  await Promise.all([ana.sound.hears(), beto.sound.hears(), sound.hearsNobody()]);

  await bar.getByRole('button', { name: 'Pasarle la llamada' }).click();
  await isTold('Hablas con Beto');
  await bar.waitFor({ state: 'hidden' });
  await Promise.all([sound.hears(), beto.sound.hears()]);

  await call.getByRole('button', { name: 'Colgar' }).click();
  await isTold('Llamada terminada');
  const recording = beto.page.getByRole('group', { name: 'Grabación de la llamada' }).first();
  await recording.getByRole('button', { name: 'Escuchar' }).click();
  await until(
    () => recording.locator('audio').evaluate((audio) => (audio as unknown as { currentTime: number }).currentTime > 0),
    {
      what: 'the recording to play',
    },
  );
  await finishesUp(beto);
}, 120_000);

test('a supervisor listens, whispers and talks along: who hears whom is what was chosen, and nothing else', async () => {
  const [ana, elena] = await Promise.all([takesCalls('ana'), takesCalls('elena', '/calls')]);
  const citizen = await callFromPage('operador');
  await ana.desk.goAvailable();
  await ana.desk.offer.getByRole('button', { name: 'Contestar' }).click();
  await Promise.all([citizen.isTold('Hablas con Ana'), citizen.sound.hears(), ana.sound.hears()]);

  const accompanies = async (how: string) => {
    await elena.page.getByRole('button', { name: /^Acompañar la llamada de Ana/ }).click();
    await elena.page.getByRole('menuitem', { name: how }).click();
  };
  const mute = ana.desk.call.getByRole('button', { name: 'Silenciar' });
  const hold = ana.desk.call.getByRole('button', { name: 'Dejar en espera' });
  /** Whoever is still heard while Ana says nothing, and while the citizen is not there. */
  async function withoutAna(heard: () => Promise<unknown>) {
    await mute.click();
    await heard();
    await mute.click();
  }
  async function withoutCitizen(heard: () => Promise<unknown>) {
    await hold.click();
    await citizen.isTold('En espera: vuelven contigo en un momento');
    await heard();
    await hold.click();
    await citizen.isTold('Hablas con Ana');
  }

  await accompanies('Escuchar');
  await elena.desk.call.getByText('Escuchas: nadie te oye').waitFor();
  await withoutAna(() => Promise.all([elena.sound.hears(), citizen.sound.hearsNobody()]));
  await withoutCitizen(() => Promise.all([elena.sound.hears(), ana.sound.hearsNobody()]));

  await accompanies('Susurrar');
  await elena.desk.call.getByText('Susurras').waitFor();
  await withoutAna(() => Promise.all([elena.sound.hears(), citizen.sound.hearsNobody()]));
  await withoutCitizen(() => Promise.all([elena.sound.hears(), ana.sound.hears()]));

  await accompanies('Entrar');
  await elena.desk.call.getByText('En la llamada').waitFor();
  await withoutAna(() => Promise.all([elena.sound.hears(), citizen.sound.hears()]));

  await accompanies('Salir de la llamada');
  await elena.desk.call.waitFor({ state: 'hidden' });
  await withoutAna(() => citizen.sound.hearsNobody());
  await Promise.all([citizen.sound.hears(), ana.sound.hears()]);
  await citizen.call.getByRole('button', { name: 'Colgar' }).click();
  await citizen.isTold('Llamada terminada');
  await finishesUp(ana);
}, 120_000);

test('a telephone calls the line, is put through by a key, is heard and read, and the contact is finished afterwards', async () => {
  const ana = await takesCalls('ana');
  await ana.desk.goAvailable();
  const page = await browser.newPage();
  const sound = await listenTo(page);
  await page.goto('/simulator');
  await page.getByRole('navigation', { name: 'Canales' }).getByRole('button', { name: 'Llamar' }).click();
  const line = page.getByRole('region', { name: 'Línea' });
  await line.getByRole('button', { name: 'Llamar' }).click();
  const telephone = centre.server.simulator?.phone('ana', 'voz');
  await until(() => telephone?.currentCall()?.isListening(), { what: 'the line to listen' });
  await page.getByRole('button', { name: 'Teclado' }).click();
  await page.getByRole('group', { name: 'Teclado' }).getByRole('button', { name: '0' }).click();

  await ana.desk.offer.getByText('229 123 4567').waitFor();
  await ana.desk.offer.getByRole('button', { name: 'Contestar' }).click();
  await ana.desk.call.getByText('En llamada', { exact: true }).waitFor();
  await line.getByRole('status').getByText('Hablas con').waitFor();
  await Promise.all([sound.hears(), ana.sound.hears()]);

  await page.getByRole('textbox', { name: 'Lo que dices' }).fill('Se fue la luz en mi calle');
  await page.keyboard.press('Enter');
  await ana.desk.call.getByText('Se fue la luz en mi calle').waitFor();

  await page.getByRole('button', { name: 'Colgar' }).click();
  await finishesUp(ana);
  await page.getByRole('heading', { name: 'Llamadas anteriores' }).waitFor();
}, 120_000);

const withoutMicrophone = `navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException('Permission denied', 'NotAllowedError');
};`;

test('whoever may not use the microphone is told how to go on; a reload goes on with the call, and the way out ends it', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  await page.addInitScript(withoutMicrophone);
  await page.goto('/');
  await page.getByRole('link', { name: 'Llamar' }).click();
  await page.getByRole('button', { name: 'Llamar ahora' }).click();
  const call = page.getByRole('dialog', { name: 'Llamar' });
  await call.getByRole('alert').getByText('No tenemos permiso de usar tu micrófono').waitFor();
  await expectNoAxeViolations(page);

  await call.getByRole('button', { name: 'Seguir sin micrófono' }).click();
  const said = call.getByRole('log', { name: 'Lo que se dice en la llamada' });
  await said.getByText('¿En qué te ayudo?').waitFor();
  await expectNoAxeViolations(page);

  await page.reload();
  await said.getByText('¿En qué te ayudo?').waitFor();
  await page.keyboard.press('0');
  await call.getByRole('status').getByText('En espera de una persona').waitFor();
  const { db } = centre.server.context.database;
  const calls = () => db.selectFrom('call').select('ended_at').where('line', '=', 'web').orderBy('started_at', 'desc');
  expect((await calls().execute())[0]?.ended_at).toBeNull();

  await call.getByRole('button', { name: 'Salir rápido' }).click();
  await page.waitForURL(neutral);
  await until(async () => (await calls().execute())[0]?.ended_at, { what: 'the end of the call' });
});
