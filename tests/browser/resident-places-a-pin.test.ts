import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bot, BotTurn } from '../../server/contract/bot.ts';
import type { Part } from '../../server/contract/message.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;

/** Asks for a place, and thanks for whatever it was given. */
const bot: Bot = {
  turn: async ({ messages }) => {
    const parts = messages.flatMap((message) => message.parts);
    const asks: Part[] = parts.some(({ type }) => type === 'location')
      ? [{ type: 'text', text: 'Gracias, ya tengo el lugar.' }]
      : [
          { type: 'text', text: '¿Dónde está?' },
          { type: 'request', wants: askedFor(messages) },
        ];
    return { replies: [asks], state: { version: 1, data: {} } };
  },
};
const askedFor = (messages: BotTurn['messages']) => (JSON.stringify(messages).includes('foto') ? 'photo' : 'place');

const inTown = { latitude: 19.19, longitude: -96.138 };
const outOfTown = { latitude: 19.4, longitude: -95.5 };

beforeAll(async () => {
  centre = await startContactCentre({ bot });
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

async function asked(page: Page, words = 'Hay un bache') {
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say(words);
  await chat.panel.locator('.request').waitFor();
  return chat;
}

const focused = (target: Locator) =>
  until(() => target.evaluate((element) => element.matches(':focus')), { what: 'the focus' });

/** What the resident sent as a place, as the server stored it. */
async function sentPlace(): Promise<Extract<Part, { type: 'location' }> | undefined> {
  const { db } = centre.server.context.database;
  const row = await db
    .selectFrom('message')
    .select('parts')
    .orderBy('created_at', 'desc')
    .where('direction', '=', 'in')
    .executeTakeFirst();
  const parts = row?.parts as Part[] | undefined;
  return parts?.find((part) => part.type === 'location');
}

describe('a resident tells where it is', () => {
  test('by the pin on the map, with the keyboard alone', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    const chat = await asked(page);
    const toMap = chat.panel.getByRole('button', { name: 'Poner en el mapa' });
    await toMap.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: '¿Dónde es?' });
    await sheet.locator('.map-pin').waitFor();
    await focused(sheet.getByRole('button', { name: 'Volver' }));
    await sheet.locator('canvas').focus();
    for (let step = 0; step < 4; step++) await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    const here = sheet.getByRole('button', { name: 'Es aquí' });
    await here.waitFor();
    await until(async () => (await here.getAttribute('aria-disabled')) === 'false', {
      what: 'a place that can be taken',
    });
    await expectNoAxeViolations(page);
    const place = await sheet.locator('.map-place').innerText();
    await here.focus();
    await page.keyboard.press('Enter');
    await chat.reads('Gracias, ya tengo el lugar');
    expect((await sentPlace())?.label).toBe(place.trim());
    await chat.panel.locator('.place-picture img').waitFor();
    expect(await chat.panel.locator('.request').count()).toBe(0);
  });

  test('and is told at once that a place is outside the municipality', async () => {
    const page = await browser.newPage({ viewport: phone, hasTouch: true, reducedMotion: 'reduce' });
    const chat = await asked(page);
    await chat.panel.getByRole('button', { name: 'Poner en el mapa' }).click();
    const sheet = page.getByRole('dialog', { name: '¿Dónde es?' });
    await sheet.locator('.map-pin').waitFor();
    await sheet.locator('canvas').focus();
    for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
    await sheet.getByText('Queda fuera del municipio de Veracruz').waitFor();
    expect(await sheet.locator('.primary').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await focused(chat.panel.getByRole('button', { name: 'Poner en el mapa' }));
    expect(await chat.panel.isVisible()).toBe(true);
  });

  test('by where the phone is, if it is sure and in the city', async () => {
    const page = await browser.newPage({ permissions: ['geolocation'], geolocation: { ...inTown, accuracy: 12 } });
    const chat = await asked(page);
    await chat.panel.getByRole('button', { name: 'Usar mi ubicación' }).click();
    await chat.reads('Gracias, ya tengo el lugar');
    expect(await sentPlace()).toMatchObject(inTown);
  });

  test('by where the phone is, moved on the map when it is not sure', async () => {
    const page = await browser.newPage({ permissions: ['geolocation'], geolocation: { ...inTown, accuracy: 400 } });
    const chat = await asked(page);
    await chat.panel.getByRole('button', { name: 'Usar mi ubicación' }).click();
    await page.getByRole('button', { name: 'Es aquí' }).click();
    await chat.reads('Gracias, ya tengo el lugar');
    expect((await sentPlace())?.latitude).toBeCloseTo(inTown.latitude, 3);
  });

  test('not by a phone that is elsewhere, or keeps it to itself', async () => {
    const away = await browser.newPage({ permissions: ['geolocation'], geolocation: { ...outOfTown, accuracy: 12 } });
    const chat = await asked(away);
    await chat.panel.getByRole('button', { name: 'Usar mi ubicación' }).click();
    await chat.panel.getByText('Parece que estás fuera del municipio de Veracruz').waitFor();
    const shy = await browser.newPage();
    const other = await asked(shy);
    await other.panel.getByRole('button', { name: 'Usar mi ubicación' }).click();
    await other.panel.getByText('No tenemos permiso de ver tu ubicación').waitFor();
  });

  test('by an address, suggested while it is written', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    const chat = await asked(page);
    await chat.composer.pressSequentially('xalapa y esp');
    const list = chat.panel.getByRole('listbox', { name: 'Lugares parecidos' });
    await list.getByRole('option').first().waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await chat.composer.pressSequentially('a');
    const first = list.getByRole('option').first();
    await first.waitFor();
    const label = (await first.innerText()).trim();
    await page.keyboard.press('ArrowDown');
    expect(await first.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await chat.reads('Gracias, ya tengo el lugar');
    expect((await sentPlace())?.label).toBe(label);
    expect(await chat.composer.inputValue()).toBe('');
  });

  test('by words of their own: Enter sends what was written, whatever is suggested', async () => {
    const page = await browser.newPage();
    const chat = await asked(page);
    await chat.composer.pressSequentially('Zaragoza');
    await chat.panel.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await chat.reads('Zaragoza');
    expect((await chat.texts()).at(-1)).not.toBe('');
    expect(await sentPlace()).toBeUndefined();
  });
});

test('a photo is asked for with a way to say no', async () => {
  const page = await browser.newPage();
  const chat = await asked(page, '¿Mando foto?');
  await chat.panel.getByRole('button', { name: 'Elegir foto' }).waitFor();
  await chat.panel.getByRole('button', { name: 'Sin foto' }).click();
  await chat.reads('Sin foto');
});

test('where no map can be drawn, the address is enough', async () => {
  const page = await browser.newPage({ expectedErrors: [/city-map/] });
  await page.route('**/map/city-map.js*', (route) => route.abort());
  const chat = await asked(page);
  await chat.panel.getByRole('button', { name: 'Poner en el mapa' }).click();
  await page.getByRole('alert').getByText('Escribe la dirección y seguimos').waitFor();
  await page.getByRole('button', { name: 'Volver' }).click();
  await chat.composer.waitFor();
});
