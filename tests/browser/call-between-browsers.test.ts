import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

interface Desk {
  page: Page;
  desk: ConsoleOnScreen;
  sound: SoundOnPage;
}

/** Somebody at the console whose telephone is on. */
async function takesCalls(name: string): Promise<Desk> {
  const page = await browser.newPage();
  const sound = await listenTo(page);
  const desk = consoleOnScreen(page);
  await desk.signIn(name);
  await desk.presence.click();
  await page.getByRole('menuitemcheckbox', { name: 'Recibir llamadas' }).click();
  await desk.presence.getByText('Recibir llamadas').waitFor();
  return { page, desk, sound };
}

test('a call from the page goes through bot and queue to a person, is held, handed over, and can be heard afterwards', async () => {
  const [ana, beto] = await Promise.all([takesCalls('ana'), takesCalls('beto')]);
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  const sound = await listenTo(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Llamar' }).click();
  await page.getByRole('button', { name: 'Llamar ahora' }).click();
  const call = page.getByRole('dialog', { name: 'Llamar' });
  const said = call.getByRole('log', { name: 'Lo que se dice en la llamada' });
  const isTold = (words: string) => call.getByRole('status').getByText(words).waitFor();

  await said.getByText('¿En qué te ayudo?').waitFor();
  await call.getByLabel('Escribe tu respuesta').fill('operador');
  await call.getByRole('button', { name: 'Enviar' }).click();
  await isTold('En espera de una persona');
  await sound.hearsMusic();

  await ana.desk.goAvailable();
  await ana.desk.offer.getByRole('button', { name: 'Contestar' }).click();
  const bar = ana.page.getByRole('region', { name: 'Llamada en curso' });
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
  await Promise.all([ana.sound.hears(), beto.sound.hears(), sound.hearsNobody()]);

  await bar.getByRole('button', { name: 'Pasarle la llamada' }).click();
  await isTold('Hablas con Beto');
  await bar.waitFor({ state: 'hidden' });
  await Promise.all([sound.hears(), beto.sound.hears()]);

  await call.getByRole('button', { name: 'Colgar' }).click();
  await isTold('Llamada terminada');
  const afterwards = beto.page.getByRole('form', { name: 'La llamada terminó' });
  await afterwards.waitFor();
  const recording = beto.page.getByRole('group', { name: 'Grabación de la llamada' }).first();
  await recording.getByRole('button', { name: 'Escuchar' }).click();
  await until(
    () => recording.locator('audio').evaluate((audio) => (audio as unknown as { currentTime: number }).currentTime > 0),
    {
      what: 'the recording to play',
    },
  );
  await afterwards.getByText('Resuelto').click();
  await afterwards.getByRole('button', { name: 'Terminar' }).click();
  await afterwards.waitFor({ state: 'hidden' });
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
