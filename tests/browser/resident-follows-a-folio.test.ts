import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseDetail } from '../../server/contract/case.ts';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { desk, launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

const secretOf = ({ id }: Pick<CaseDetail, 'id'>) => centre.server.context.cases.secrets.ofReporter(id);
const linkTo = (opened: CaseDetail) => `/folio#${opened.folio}.${secretOf(opened)}`;

function becomes(opened: CaseDetail, change: { status: CaseDetail['status']; update?: string; owner?: string }) {
  return ana.call(api.changeCaseStatus, { params: { id: opened.id }, body: { version: opened.version, ...change } });
}

describe('a resident follows a folio', () => {
  test('by its link, whose key no request and no log ever carries in an address', async () => {
    const opened = await opens(ana);
    const page = await browser.newPage({ viewport: phone, hasTouch: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(linkTo(opened));
    await page.getByRole('heading', { name: opened.folio }).waitFor();
    await page.getByText('Calle Xalapa 1520').waitFor();
    await page.getByText(/A más tardar el/).waitFor();
    await page.locator('.map canvas').waitFor();
    expect((await page.locator('.map canvas').boundingBox())?.height).toBeGreaterThan(150);
    await page.getByText('Un bache muy grande frente a la escuela').waitFor();
    expect(await page.locator('[aria-current="step"]').textContent()).toContain('Recibido');
    expect(asked.join()).not.toContain(secretOf(opened));
    expect(centre.logs()).not.toContain(secretOf(opened));

    await page.reload();
    await page.getByRole('heading', { name: opened.folio }).waitFor();
  });

  test('by typing both, in any way, and sees what has happened', async () => {
    const opened = await opens(ana);
    await becomes(opened, { status: 'in_progress', update: 'La cuadrilla va el martes.' });
    const page = await browser.newPage();
    await page.goto('/');
    await page.getByRole('link', { name: 'Consultar folio' }).click();
    await page.getByLabel('Folio').fill(` ${opened.folio.toLowerCase().replaceAll('-', ' ')} `);
    const secret = secretOf(opened);
    await page.getByLabel('Clave').fill(`${secret.slice(0, 4).toLowerCase()} ${secret.slice(4)}`);
    await page.getByRole('button', { name: 'Ver cómo va' }).click();
    await page.getByRole('heading', { name: opened.folio }).waitFor();
    expect(await page.locator('[aria-current="step"]').textContent()).toContain('En proceso');
    await page.getByText('La cuadrilla va el martes.').waitFor();
    await until(() => page.evaluate("document.activeElement.matches('h1')"), { what: 'the focus on what was found' });

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copiar enlace' }).click();
    await page.getByText('Enlace copiado').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${centre.url}${linkTo(opened)}`);
  });

  test('without a script, too', async () => {
    const opened = await opens(ana);
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto('/folio');
    await page.getByLabel('Folio').fill(opened.folio);
    await page.getByLabel('Clave').fill(secretOf(opened));
    await page.getByRole('button', { name: 'Ver cómo va' }).click();
    await page.getByRole('heading', { name: opened.folio }).waitFor();
    expect(page.url()).not.toContain(secretOf(opened));
  });

  test('and is told kindly that it is not the right key, and when to stop guessing', async () => {
    const opened = await opens(ana);
    const page = await browser.newPage();
    await page.goto(`/folio#${opened.folio}.22222222`);
    await page.getByRole('alert').getByText('No encontramos un reporte con ese folio y esa clave').waitFor();
    expect(await page.getByLabel('Folio').inputValue()).toBe(opened.folio);
    for (let tries = 0; tries < 10; tries++) {
      await page.request.post('/folio', { form: { folio: opened.folio, secret: '22222222' } });
    }
    await page.getByRole('button', { name: 'Ver cómo va' }).click();
    await page
      .getByRole('alert')
      .getByText(/Espera \d+ segundos/)
      .waitFor();
  });

  test('says that it is not solved, and it is open again', async () => {
    const opened = await opens(ana);
    await becomes(opened, { status: 'solved', update: 'Quedó reparado.' });
    const page = await browser.newPage();
    await page.goto(linkTo(opened));
    await page.getByText('Resuelto el').waitFor();
    await page.getByText('Sigue igual', { exact: true }).click();
    await page.getByLabel('¿Qué sigue mal?').fill('Se volvió a abrir con la lluvia');
    await page.getByRole('button', { name: 'Abrirlo otra vez' }).click();
    await page.getByText('Gracias por avisar').waitFor();
    const { status, events } = await ana.call(api.openCase, { params: { id: opened.id } });
    expect(status).toBe('reopened');
    expect(JSON.stringify(events)).toContain('Se volvió a abrir con la lluvia');
    await expectNoAxeViolations(page);
  });

  test('reads who it belongs to when it is not the city', async () => {
    const opened = await opens(ana);
    await becomes(opened, { status: 'not_ours', owner: 'la CFE, teléfono 071' });
    const page = await browser.newPage();
    await page.goto(linkTo(opened));
    await page.getByText('Quien lo atiende es: la CFE, teléfono 071').waitFor();
    expect(await page.locator('.steps').count()).toBe(0);
  });

  test('nobody keeps it, nobody indexes it', async () => {
    const { headers } = await fetch(`${centre.url}/folio`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(headers.get('set-cookie')).toBeNull();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    test(`axe finds nothing: ${size}, ${colorScheme}`, async () => {
      const opened = await opens(ana);
      await becomes(opened, { status: 'assigned' });
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
      await page.goto('/folio');
      await expectNoAxeViolations(page);
      await page.goto(`/folio?lang=en#${opened.folio}.${secretOf(opened)}`);
      await page.getByRole('heading', { name: opened.folio }).waitFor();
      await page.locator('.map canvas').waitFor();
      await expectNoAxeViolations(page);
    });
  }
}
