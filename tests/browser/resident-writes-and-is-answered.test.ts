import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { desk, launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

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

test('from the page into the chat, an answer by the bot, and a quick answer picked once', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Escribir' }).click();
  await chat.panel.getByText('¿En qué te ayudamos?').waitFor();

  await chat.say('Hola');
  await chat.reads('soy el asistente virtual de Veracruz');
  await until(async () => (await chat.markOf('Hola')) === 'Leído', { what: 'the read mark' });

  const answer = chat.panel.getByRole('button', { name: 'Pagar el predial' });
  await answer.dblclick();
  await chat.reads('una vez al año');
  expect(await answer.getAttribute('aria-pressed')).toBe('true');
  expect(await answer.isDisabled()).toBe(true);
  await chat.say('gracias');
  await chat.reads('gracias');
  expect((await chat.texts()).filter((text) => text === 'Pagar el predial')).toHaveLength(1);
});

test('a question of the page opens the chat and asks it', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await page.getByRole('link', { name: '¿Cómo pago el predial?' }).click();
  await chat.reads('una vez al año');
  expect((await chat.texts())[0]).toBe('¿Cómo pago el predial?');
});

test('a click made before the widget was there still opens it, once', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/#predial-pago');
  await chat.reads('una vez al año');
  await page.reload();
  await chat.reads('una vez al año');
  expect((await chat.texts()).filter((text) => text === '¿Cómo pago el predial?')).toHaveLength(1);
});

test('everything goes by keyboard, and the focus comes back to where it was', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  const focused = (target: Locator) =>
    until(() => target.evaluate((element) => element.matches(':focus')), { what: 'the focus' });
  await page.goto('/');
  await chat.launcher.focus();
  await page.keyboard.press('Enter');
  await focused(chat.composer);

  await page.keyboard.type('Hola');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('buenas tardes');
  await page.keyboard.press('Enter');
  await chat.reads('soy el asistente');
  expect((await chat.texts())[0]).toBe('Hola\nbuenas tardes');

  const menu = chat.panel.getByRole('button', { name: 'Más opciones' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await chat.panel.locator('.menu').waitFor();
  await page.keyboard.press('Escape');
  expect(await chat.panel.locator('.menu').count()).toBe(0);
  await focused(menu);

  await page.keyboard.press('Escape');
  await chat.panel.waitFor({ state: 'detached' });
  await focused(chat.launcher);

  const link = page.getByRole('link', { name: 'Escribir' });
  await link.focus();
  await page.keyboard.press('Enter');
  await chat.panel.waitFor();
  await page.keyboard.press('Escape');
  await focused(link);
});

test('on a phone Tab stays inside the open chat', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.panel.getByRole('button', { name: 'Acepto' }).waitFor();
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    expect(await chat.panel.evaluate((panel) => panel.matches(':focus-within'))).toBe(true);
  }
});

test('the page and the chat speak English, and the choice is kept', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByText('Tell us what you need').waitFor();
  await chat.open();
  await chat.say('Hello');
  await chat.reads('I am the virtual assistant');

  await page.goto('/');
  await chat.menu('English');
  await chat.panel.getByText('The automatic assistant is answering').waitFor();
  await page.reload();
  await chat.panel.getByText('The automatic assistant is answering').waitFor();
});

test('a message too long stays in the composer and says why', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.composer.fill('a'.repeat(4_001));
  await chat.composer.press('Enter');
  await chat.panel.getByRole('alert').getByText('demasiado largo').waitFor();
  expect(await chat.composer.inputValue()).toHaveLength(4_001);
  await chat.panel.getByText('Sobran 1 caracteres').waitFor();
  expect(await chat.bubbles.count()).toBe(0);
});

test('somebody who writes too fast is told so, and all of it arrives in order', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  const texts = Array.from({ length: 24 }, (_, index) => `rápido ${index + 1}`);
  for (const text of texts) {
    await chat.composer.fill(text);
    await chat.composer.press('Enter');
  }
  await chat.panel.getByRole('alert').getByText('Vas muy rápido').waitFor();
  await until(
    async () => (await chat.panel.locator('.mark:is([data-mark="waiting"], [data-mark="sending"])').count()) === 0,
    {
      what: 'all to be stored',
    },
  );
  expect(await chat.panel.locator('.mine .text').allTextContents()).toEqual(texts);
});

test('what a resident writes is shown as text, whatever it looks like', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  const script = '<img src=x onerror="document.title=1"><b>hola</b> javascript:alert(1)';
  await chat.say(script);
  await chat.reads(script);
  expect(await chat.bubbles.locator('img, b').count()).toBe(0);
  expect(await chat.bubbles.locator('a').count()).toBe(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    test(`axe finds nothing: ${size}, ${colorScheme}`, async () => {
      const page = await browser.newPage({
        viewport,
        colorScheme,
        hasTouch: viewport === phone,
        reducedMotion: 'reduce',
      });
      const chat = chatOnScreen(page);
      await page.goto('/');
      await chat.launcher.waitFor();
      await expectNoAxeViolations(page);
      await chat.open();
      await chat.panel.getByRole('button', { name: 'Acepto' }).click();
      await chat.panel.getByLabel('¿Cómo te llamas?').waitFor();
      await expectNoAxeViolations(page);
      await chat.say('Hola');
      await chat.reads('soy el asistente');
      await expectNoAxeViolations(page);
      await chat.choose('Pagar el predial');
      await chat.reads('una vez al año');
      await chat.panel.getByRole('button', { name: 'Más opciones' }).click();
      await expectNoAxeViolations(page);
      await chat.panel.getByRole('button', { name: 'Aviso de privacidad' }).click();
      await chat.panel.getByText('Tus derechos').waitFor();
      await expectNoAxeViolations(page);
    });
  }
}
