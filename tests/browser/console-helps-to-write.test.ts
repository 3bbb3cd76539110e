import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { aContact } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type LanguageModelServer, startLanguageModelServer } from '../support/language-model-server.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let model: LanguageModelServer;

beforeAll(async () => {
  model = await startLanguageModelServer();
  model.answer = ({ messages }) => {
    const { to, texts = [] } = JSON.parse(messages.at(-1)?.content ?? '') as { to: string; texts?: string[] };
    return JSON.stringify({ language: to === 'es' ? 'fr' : 'es', texts: texts.map((text) => `[${to}] ${text}`) });
  };
  centre = await startContactCentre({ settings: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'pequeño' } });
  browser = await launchBrowser(centre.url);
  // What is learnt is learnt before anybody waits for it.
  await centre.server.context.bot.about?.('predial', centre.server.context.desk);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
  await model?.stop();
});

/** A contact that somebody of the sample city holds, with the screen that shows it. */
async function onScreen(name: string, said: string, colorScheme: 'light' | 'dark') {
  const operator = await centre.operator(name);
  const { ticketId, resident } = await aContact(centre);
  await operator.call(api.takeTicket, { params: { id: ticketId } });
  await resident.say(said);
  const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
  const desk = consoleOnScreen(page);
  await desk.signIn(name, `/tickets/${ticketId}`);
  return { page, desk, ticketId, resident };
}

test('an answer is suggested, inserted and corrected, by keyboard alone', { timeout: 180_000 }, async () => {
  const { page, desk, resident } = await onScreen('ana', '¿cómo puedo pagar el predial?', 'light');
  await page.getByRole('region', { name: 'Respuesta sugerida' }).waitFor();
  await desk.citizen.getByText('Responde a lo que pregunta').waitFor();
  await expectNoAxeViolations(page);
  await desk.reply.focus();
  await page.keyboard.press('Alt+Enter');
  await until(async () => (await desk.reply.inputValue()).includes('línea de captura'), { what: 'the article' });

  await page.keyboard.type(' Nesesitas tu clave.');
  const corrected = page.getByRole('menuitem', { name: 'Necesitas', exact: true });
  await until(
    async () => {
      // The words are looked at while one writes. Pressed again before the menu has come it would go on to the next.
      await page.keyboard.press('F7');
      await corrected.waitFor({ timeout: 3_000 });
      return true;
    },
    { what: 'the proposal', timeout: 60_000 },
  );
  await expectNoAxeViolations(page);
  await corrected.press('Enter');
  await until(async () => (await desk.reply.inputValue()).endsWith(' Necesitas tu clave.'), { what: 'the correction' });
  await desk.reply.press('Enter');
  await resident.reads('Necesitas tu clave.');
  const elena = await centre.operator('elena');
  expect(await elena.call(api.suggestionFigures)).toMatchObject({ shown: 1, asIs: 1 });
});

test('what is said in another language is read and answered in Spanish', { timeout: 180_000 }, async () => {
  const french = 'Bonjour, je cherche le musée pour ma famille, merci';
  const { page, desk, resident } = await onScreen('beto', french, 'dark');
  await page.getByRole('button', { name: 'Traducir', exact: true }).click();
  await desk.reads(`[es] ${french}`);
  await desk.reply.fill('Está en el centro');
  await desk.reply.press('Enter');
  const translated = page.getByLabel('Así lo leerá, en francés');
  await translated.waitFor();
  await expectNoAxeViolations(page);
  await translated.fill('Il est au centre');
  await desk.reply.press('Enter');
  await resident.reads('Il est au centre');
  await desk.reads('Está en el centro');
  await desk.reads('Lo que se escribió en español');
  await expectNoAxeViolations(page);
});
