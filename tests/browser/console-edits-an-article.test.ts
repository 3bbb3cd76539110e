import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre();
  browser = await launchBrowser(centre.url);
  await centre.server.context.content.settled();
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

const params = { id: 'predial-pago' };

/** A page of the articles, open for a supervisor. */
async function articles(path = '', options: Parameters<TestBrowser['newPage']>[0] = {}) {
  const page = await browser.newPage(options);
  await consoleOnScreen(page).signIn('elena', `/settings/articles${path}`);
  return page;
}

const answer = (language: 'Español' | 'English') => ({ name: language });

test('an article is found, rewritten beside what the chat will show, and published', async () => {
  const page = await articles();
  await page.getByLabel('Buscar artículo').fill('pagar predial');
  await page.getByRole('link', { name: /Pagar el predial/ }).click();
  const spanish = page.getByRole('group', answer('Español'));
  await spanish
    .getByLabel('Respuesta')
    .fill('Se paga en el kiosco azul.\n\nDetalles: https://veracruz.example.org/predial');
  const preview = page.getByRole('region', { name: 'Vista previa en Español' });
  await preview.getByRole('link', { name: 'https://veracruz.example.org/predial' }).waitFor();
  await page.getByText('Hay cambios sin publicar.').waitFor();
  await page.getByRole('button', { name: 'Publicar' }).click();
  await page.getByText('El asistente ya responde así: Pagar el predial', { exact: true }).waitFor();

  const lupe = await centre.resident();
  await lupe.say('¿Dónde puedo pagar el predial?');
  await lupe.reads('kiosco azul');

  const history = page.getByRole('region', { name: 'Historial' });
  await history.getByRole('button', { name: /Elena Mora/ }).click();
  await history.locator('ins').getByText('kiosco azul').waitFor();
  await history.getByRole('button', { name: 'Volver al del archivo' }).click();
  await page.getByText('Se restauró esa versión', { exact: false }).first().waitFor();
  expect(await spanish.getByLabel('Respuesta').inputValue()).toContain('El predial se paga una vez al año');
});

test('what is written is not lost by a stray click', async () => {
  const page = await articles('/turismo');
  await page.getByRole('group', answer('Español')).getByLabel('Título').fill('Qué visitar');
  await page
    .getByRole('link', { name: 'Colas' })
    .or(page.getByRole('link', { name: 'Respuestas rápidas' }))
    .first()
    .click();
  const question = page.getByRole('dialog', { name: '¿Descartar los cambios?' });
  await question.getByRole('button', { name: 'Cancelar' }).click();
  expect(await page.getByRole('group', answer('Español')).getByLabel('Título').inputValue()).toBe('Qué visitar');
  await page.getByRole('link', { name: 'Respuestas rápidas' }).click();
  await question.getByRole('button', { name: 'Descartar cambios' }).click();
  await page.getByRole('heading', { name: 'Respuestas rápidas', level: 1 }).waitFor();
});

test('when somebody else was quicker, both versions are shown and nothing is overwritten unseen', async () => {
  const page = await articles('/predial-pago', { expectedErrors: [/409/] });
  const spanish = page.getByRole('group', answer('Español'));
  await spanish.getByLabel('Respuesta').fill('La mía.');
  const admin = await centre.operator('fernando');
  const { versions } = await admin.call(api.openArticle, { params });
  const [latest] = versions;
  if (!latest) throw new Error('There is no such article');
  const { editedBy: _, at: __, ...content } = latest;
  const body = { ...content, body: { ...content.body, es: 'Solamente kiosco.' } };
  await admin.call(api.saveArticle, { params, body });

  await page.getByRole('button', { name: 'Publicar' }).click();
  const conflict = page.getByRole('alert').filter({ hasText: 'Fernando Sosa guardó otra versión' });
  await conflict.locator('ins').getByText('Solamente kiosco.').waitFor();
  expect(await spanish.getByLabel('Respuesta').inputValue()).toBe('La mía.');
  await expectNoAxeViolations(page);
  await conflict.getByRole('button', { name: 'Guardar lo mío encima' }).click();
  await conflict.waitFor({ state: 'detached' });
  const stored = await admin.call(api.openArticle, { params });
  expect(stored.versions.slice(0, 2).map((version) => version.body.es)).toEqual(['La mía.', 'Solamente kiosco.']);
});

test('what has expired is on top, with a warning', async () => {
  const admin = await centre.operator('fernando');
  const [latest] = (await admin.call(api.openArticle, { params: { id: 'turismo' } })).versions;
  if (!latest) throw new Error('There is no such article');
  const { editedBy: _, at: __, ...content } = latest;
  await admin.call(api.saveArticle, { params: { id: 'turismo' }, body: { ...content, validUntil: '2026-01-31' } });
  const page = await articles();
  await page.getByText('1 tema se queda sin respuesta del asistente').waitFor();
  await page
    .getByRole('group', { name: 'Filtrar artículos' })
    .getByRole('button', { name: /Vencido/ })
    .click();
  await page.getByText('Venció el 31 ene 2026').waitFor();
  expect(await page.getByRole('main').getByRole('listitem').count()).toBe(1);
});

test('a service asks what is put into its form, and a sentence is said as it is written', async () => {
  const page = await browser.newPage({});
  await consoleOnScreen(page).signIn('fernando', '/settings/services');
  await page.getByLabel('Buscar servicio').fill('grafiti');
  await page.getByRole('link', { name: /Grafiti/ }).click();
  await page.getByRole('button', { name: 'Agregar pregunta' }).click();
  await page.getByLabel('Pregunta (Español)').fill('¿De qué color es?');
  await page.getByLabel('Pregunta (English)').fill('Which colour is it?');
  await page.getByRole('region', { name: 'Así pregunta el asistente' }).getByText('¿De qué color es?').waitFor();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await page.getByRole('button', { name: 'Volver al del archivo' }).waitFor();
  const { desk } = centre.server.context;
  const grafiti = desk.catalogue('es').find(({ id }) => id === 'grafiti');
  expect(grafiti?.questions).toMatchObject([{ label: '¿De qué color es?', kind: 'text', required: false }]);

  await page.goto('/console/settings/phrases');
  await page.getByLabel('Buscar en todas las frases').fill('gracias a ti');
  await page.getByRole('button', { name: /Gracias a ti/ }).click();
  const form = page.getByRole('dialog', { name: 'Cambiar una frase' });
  await form.getByLabel('Frase (Español)').fill('A ti, {nombre}.');
  await form.getByText('{nombre} no es un dato de esta frase.').waitFor();
  await form.getByLabel('Frase (Español)').fill('A ti, vecino.');
  await form.getByRole('button', { name: 'Guardar' }).click();
  await form.waitFor({ state: 'detached' });
  expect(desk.phrase('bot.goodbye', 'es')).toBe('A ti, vecino.');
});

describe.for(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('in the list and in the editor, at the desk and on a phone', { timeout: 240_000 }, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, phone]) {
      const page = await articles('', { reducedMotion: 'reduce', colorScheme, viewport });
      await page.getByRole('link', { name: /Pagar el predial/ }).waitFor();
      await expectNoAxeViolations(page);
      await page.getByRole('link', { name: /Pagar el predial/ }).click();
      await page.getByRole('heading', { name: 'Historial' }).waitFor();
      await page
        .getByRole('region', { name: 'Historial' })
        .getByRole('button', { name: /Elena Mora|Fernando Sosa/ })
        .first()
        .click();
      await expectNoAxeViolations(page);
    }
  });

  test('in services, areas, sentences and channels', { timeout: 240_000 }, async () => {
    const page = await browser.newPage({
      reducedMotion: 'reduce',
      colorScheme,
      viewport: { width: 1440, height: 900 },
    });
    await consoleOnScreen(page).signIn('fernando', '/settings/services/bache');
    await page.getByRole('button', { name: 'Agregar pregunta' }).click();
    await expectNoAxeViolations(page);
    await page.goto('/console/settings/services');
    await page.getByRole('link', { name: /Bache/ }).waitFor();
    await expectNoAxeViolations(page);
    await page.goto('/console/settings/departments');
    await page.getByRole('button', { name: 'Editar Alumbrado Público' }).click();
    await page.getByRole('dialog').getByLabel('Recibe casos').click();
    await page.getByText('Todo pasa a la que elijas').waitFor();
    await expectNoAxeViolations(page);
    await page.goto('/console/settings/phrases');
    await page.getByLabel('Buscar en todas las frases').fill('momento por favor');
    await page.getByText('2 segundos al oído').waitFor();
    await expectNoAxeViolations(page);
    await page.goto('/console/settings/channels');
    await page.getByRole('button', { name: 'Probar Mapa' }).click();
    await page.getByText('El mapa se dibuja con el contenido de la ciudad.').waitFor();
    await expectNoAxeViolations(page);
  });
});
