import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let neutral: string;

/** Takes whatever is said for a delicate matter. */
const bot: Bot = {
  turn: async () => ({
    replies: [[{ type: 'text', text: 'Estamos contigo.' }]],
    state: { version: 1, data: {} },
    handOff: { reason: 'danger', summary: '', priority: 0, protected: true },
  }),
};

beforeAll(async () => {
  centre = await startContactCentre({ bot });
  // A page of our own stands for the weather or the news: tests never leave the origin.
  neutral = `${centre.url}/folio?lang=en`;
  browser = await launchBrowser(centre.url);
});

beforeEach(async () => {
  const fernando = await centre.operator('fernando');
  const settings = await fernando.call(api.chatSettings);
  await fernando.call(api.saveChatSettings, { body: { ...settings, quickExit: neutral } });
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

async function tells(page: Page): Promise<void> {
  const chat = chatOnScreen(page);
  await page.goto('/folio');
  await page.goto('/');
  await chat.open();
  await chat.say('No puedo hablar en voz alta');
  await chat.reads('Estamos contigo');
}

/** Nothing on the device, and no step back to the chat in the history. */
async function expectGone(page: Page): Promise<void> {
  await page.waitForURL(neutral);
  const kept = await page.evaluate("JSON.stringify(localStorage) + sessionStorage.getItem('open')");
  expect(kept).not.toMatch(/token|draft|outbox|voz alta/);
  await page.goBack();
  expect(page.url()).toBe(`${centre.url}/folio`);
  await page.goto('/');
  const chat = chatOnScreen(page);
  await chat.open();
  await chat.panel.getByText('¿En qué te ayudamos?').waitFor();
  expect(await chat.bubbles.count()).toBe(0);
}

test('by the button that comes when the matter is delicate, found by axe to be in order', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  await tells(page);
  const leave = page.getByRole('button', { name: 'Salir rápido' });
  await leave.waitFor();
  await expectNoAxeViolations(page);
  await leave.click();
  await expectGone(page);
});

test('by Shift, pressed three times', async () => {
  const page = await browser.newPage();
  await tells(page);
  for (const _ of [1, 2, 3]) await page.keyboard.press('Shift');
  await expectGone(page);
});

test('by the menu, before anybody knows that it is delicate', async () => {
  const page = await browser.newPage();
  await page.goto('/');
  const chat = chatOnScreen(page);
  await chat.open();
  expect(await page.locator('.way-out').count()).toBe(0);
  await chat.menu('Salir rápido');
  await page.waitForURL(neutral);
});

test('capital letters, and other keys in between, are no reason to leave', async () => {
  const page = await browser.newPage();
  await page.goto('/');
  const chat = chatOnScreen(page);
  await chat.open();
  await chat.composer.focus();
  for (const letter of 'IMSS') await page.keyboard.press(`Shift+${letter}`);
  await page.keyboard.press('Shift');
  await page.keyboard.press('Shift');
  await page.keyboard.press('a');
  await page.keyboard.press('Shift');
  await until(async () => (await chat.composer.inputValue()) === 'IMSSa', { what: 'what was typed' });
  expect(page.url()).toBe(`${centre.url}/`);
});

test('where there is neither a chat nor a conversation, Shift belongs to the page', async () => {
  const page = await browser.newPage();
  await page.goto('/');
  await chatOnScreen(page).launcher.waitFor();
  for (const _ of [1, 2, 3]) await page.keyboard.press('Shift');
  await page.getByText('Dinos qué necesitas').waitFor();
  expect(page.url()).toBe(`${centre.url}/`);
});
