import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import type { TryOut } from '../../server/contract/bot.ts';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;

const MISSED = 'qué onda con el xicalango';
/** What the trials of this file find; the real ones take half a minute and are a story of their own. */
const found: TryOut = {
  before: { count: 1_204, accuracyAt1: 0.951, wrongButConfident: 0.018 },
  after: { count: 1_204, accuracyAt1: 0.953, wrongButConfident: 0.019 },
  worse: [{ text: 'a q hora abren', id: 'horarios-ubicacion', was: 'horarios-ubicacion', now: 'recoleccion-horario' }],
  better: [{ text: 'el camion no paso', id: 'basura-no-recolectada', was: 'ninguno', now: 'basura-no-recolectada' }],
  additions: [{ text: MISSED, id: 'recoleccion-horario', was: 'ninguno', now: 'recoleccion-horario' }],
};
/** Holds trials back until it is called. */
let finish = () => {};

beforeAll(async () => {
  const bot = createBot();
  const tryOut = () =>
    new Promise<TryOut>((resolve) => {
      finish = () => resolve(found);
    });
  centre = await startContactCentre({ bot: { ...bot, tryOut } });
  browser = await launchBrowser(centre.url);
  await centre.server.context.content.settled();
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

/** Says something that nobody understands, until the bot gives up. */
async function missed(text: string): Promise<ResidentClient> {
  const lupe = await centre.resident();
  await lupe.say('perifollo trompicado asdf');
  await until(() => lupe.messages.some(({ author }) => author.type === 'bot'), { what: 'an answer' });
  await lupe.say(text);
  await lupe.isTold('handed_off');
  return lupe;
}

async function learning(options: Parameters<TestBrowser['newPage']>[0] = {}) {
  const page = await browser.newPage(options);
  await consoleOnScreen(page).signIn('elena', '/settings/learning');
  await page.getByRole('heading', { name: 'Aprendizaje', level: 1 }).waitFor();
  return page;
}

test('a miss becomes an example in two clicks, is tried out, published and withdrawn', {
  timeout: 120_000,
}, async () => {
  await missed(MISSED);
  const page = await learning();
  const row = page.getByRole('listitem').filter({ hasText: MISSED });
  await row.getByRole('button', { name: `Qué quiso decir: ${MISSED}` }).click();
  await page.getByPlaceholder('Buscar tema, reporte o acción').fill('recoleccion');
  await page
    .getByRole('option', { name: /[Rr]ecolección/ })
    .first()
    .click();
  await row.getByRole('button', { name: 'Enseñar' }).click();
  await row.getByText('Está en «Por enseñar»').waitFor();

  const basket = page.getByRole('region', { name: /Por enseñar: 1/ });
  expect(await basket.getByLabel(/^Ejemplo de/).inputValue()).toBe(MISSED);
  await basket.getByRole('button', { name: 'Probar' }).click();
  await basket.getByText('Probando…').first().waitFor();
  // Whoever reloads meanwhile finds all of it again.
  await page.reload();
  await basket.getByText('Probando…').first().waitFor();
  finish();
  await basket.getByText('95.1 %').or(basket.getByText('95.1%')).waitFor();
  await basket.getByText('1 frase que entendía se entendería peor').waitFor();
  await basket.getByText('«a q hora abren»').waitFor();

  await basket.getByRole('button', { name: 'Publicar de todos modos' }).click();
  const question = page.getByRole('dialog', { name: '1 frase empeora. ¿Publicar?' });
  await question.getByRole('button', { name: 'Publicar de todos modos' }).click();
  await page.getByText('1 ejemplo publicado', { exact: false }).first().waitFor();
  await row.waitFor({ state: 'detached' });
  expect(centre.server.context.city.utterances['recoleccion-horario']).not.toContain(MISSED);

  await page.getByRole('link', { name: 'Enseñado' }).click();
  await page.getByRole('button', { name: `Retirar «${MISSED}»` }).click();
  await page.getByRole('dialog', { name: '¿Retirar este ejemplo?' }).getByRole('button', { name: 'Retirar' }).click();
  await page.getByText('Todavía no se ha enseñado nada').waitFor();
});

test('words that look personal are pointed out, and other words need another trial', { timeout: 120_000 }, async () => {
  const page = await learning();
  const basket = page.getByRole('region', { name: /Por enseñar/ });
  await basket.getByRole('button', { name: '¿Qué quiso decir?' }).click();
  await page.getByRole('option', { name: 'Bache', exact: true }).click();
  await basket.getByRole('button', { name: '¿Qué quiso decir?: Bache' }).waitFor();
  // While it closes, the menu gives the focus back to its button.
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await basket.getByLabel('Ejemplo nuevo').fill('hay un hoyo, soy Lupe 229 123 4567');
  await basket.getByLabel('Ejemplo nuevo').press('Enter');
  await basket.getByText('Parece un dato personal').waitFor();
  await basket.getByLabel('Ejemplo de Bache').fill('hay un hoyo tremendo');
  await basket.getByText('Parece un dato personal').waitFor({ state: 'detached' });
  await basket.getByRole('button', { name: 'Probar' }).click();
  await basket.getByText('Probando…').first().waitFor();
  finish();
  await basket.getByRole('button', { name: 'Publicar de todos modos' }).waitFor();
  await basket.getByLabel('Ejemplo de Bache').fill('hay un hoyo enorme');
  await basket.getByRole('button', { name: 'Probar' }).waitFor();
  await basket.getByRole('button', { name: 'Quitar «hay un hoyo enorme»' }).click();
  await basket.getByLabel('Ejemplo de Bache').waitFor({ state: 'detached' });
});

test('an operator marks an answer from the conversation, by keyboard too, takes it back, and it is reviewed', {
  timeout: 120_000,
}, async () => {
  const lupe = await centre.resident();
  const { ticketId } = await lupe.say('¿Dónde puedo pagar el predial?');
  await lupe.reads('El predial se paga');
  const page = await browser.newPage();
  await consoleOnScreen(page).signIn('ana', `/tickets/${ticketId}`);
  const bad = page.getByRole('button', { name: 'Marcar como mala respuesta' });
  const becomes = (pressed: 'true' | 'false') =>
    until(async () => (await bad.getAttribute('aria-pressed')) === pressed, { what: `the mark to be ${pressed}` });
  await bad.focus();
  await page.keyboard.press('Enter');
  await becomes('true');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await becomes('false');
  await bad.click();
  await page.getByText('Marcada como mala: se revisará en Aprendizaje', { exact: true }).first().waitFor();

  const review = await learning();
  await review
    .getByRole('group', { name: 'Por qué se revisa' })
    .getByRole('button', { name: /Marcadas mal/ })
    .click();
  const row = review.getByRole('listitem').filter({ hasText: '¿Dónde puedo pagar el predial?' });
  await row.getByText('La marcó mal Ana Ruiz').waitFor();
  await row.getByRole('button', { name: 'Nada que aprender' }).click();
  await row.waitFor({ state: 'detached' });
  await review.getByRole('button', { name: 'Deshacer' }).click();
  await row.waitFor();
});

describe.for(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('in the review, the basket and what was taught, at the desk and on a phone', { timeout: 240_000 }, async () => {
    await missed('zutano perengano qwerty');
    for (const viewport of [{ width: 1440, height: 900 }, phone]) {
      const page = await learning({ reducedMotion: 'reduce', colorScheme, viewport });
      await page.getByRole('listitem').filter({ hasText: 'zutano' }).first().waitFor();
      await expectNoAxeViolations(page);
      await page.getByRole('link', { name: 'Enseñado' }).click();
      await page.getByText('Todavía no se ha enseñado nada').waitFor();
      await expectNoAxeViolations(page);
    }
  });

  test('beside an answer of the bot', async () => {
    const lupe = await centre.resident();
    const { ticketId } = await lupe.say('¿Qué becas hay?');
    await until(() => lupe.messages.some(({ author }) => author.type === 'bot'), { what: 'an answer' });
    const ana = await centre.operator('ana');
    const [turn] = await ana.call(api.listTicketTurns, { params: { id: ticketId ?? '' } });
    await ana.call(api.markTurn, { params: { id: turn?.id ?? '' }, body: { mark: 'good' } });
    const page = await browser.newPage({ reducedMotion: 'reduce', colorScheme });
    await consoleOnScreen(page).signIn('ana', `/tickets/${ticketId}`);
    const good = page.getByRole('button', { name: 'Marcar como buena respuesta' });
    await good.focus();
    expect(await good.getAttribute('aria-pressed')).toBe('true');
    await expectNoAxeViolations(page);
  });
});
