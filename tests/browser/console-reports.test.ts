import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, writeStories } from '../support/contact-stories.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre();
  const { database } = centre.server.context;
  const { id } = await database.db
    .selectFrom('operator')
    .select('id')
    .where('email', '=', 'ana@veracruz.example.org')
    .executeTakeFirstOrThrow();
  const stories = writeStories({
    seed: 11,
    contacts: 60,
    from: new Date('2026-03-02T14:00:00Z'),
    hours: 8,
    operatorIds: [id],
    queueIds: ['general', 'servicios'],
  });
  await database.transaction((tx) => storeStories(tx, stories));
  await rebuildFacts(centre.server.context);
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('a supervisor reads a figure, what it means, how it parts, and opens what it is made of', async () => {
  const page = await browser.newPage();
  await consoleOnScreen(page).signIn('elena', '/reports?from=2026-03-02&to=2026-03-02&compare=none');
  await page.getByRole('button', { name: /^Contactos 60$/ }).waitFor();

  await page.getByRole('button', { name: 'Cómo se cuenta: Nivel de servicio' }).press('Enter');
  await page.getByRole('dialog').getByText('Los abandonos antes de 10 segundos no cuentan').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Nivel de servicio \d/ }).click();
  await page.getByRole('heading', { name: 'Nivel de servicio' }).waitFor();
  await page.getByRole('button', { name: 'Cola', exact: true }).click();
  const plot = page.getByRole('img', { name: /^Gráfica: Nivel de servicio por Cola/ });
  await plot.locator('svg').getByText('General').waitFor();
  await expectNoAxeViolations(page);

  const total = page.getByRole('row', { name: /^Total/ });
  await total.getByRole('button', { name: /^Contactos, Total: 60/ }).press('Enter');
  const rows = page.getByRole('dialog', { name: 'Contactos · Total' });
  await rows.getByRole('link').nth(49).waitFor();
  await rows.getByRole('button', { name: 'Ver más' }).click();
  await rows.getByRole('link').nth(59).waitFor();
  expect(await rows.getByRole('link').count()).toBe(60);
  await expectNoAxeViolations(page);
  await page.keyboard.press('Escape');

  const arrives = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Excel' }).click();
  expect((await arrives).suggestedFilename()).toBe('reporte-queue-2026-03-02-2026-03-02.xlsx');
});

test('by keyboard a report is narrowed, drilled into, cleared, and scheduled as it is', async () => {
  const page = await browser.newPage();
  await consoleOnScreen(page).signIn('elena', '/reports?from=2026-03-02&to=2026-03-02&compare=none');
  await page.getByRole('button', { name: 'Filtrar por Canal' }).press('Enter');
  await page.getByPlaceholder('Buscar…').fill('correo');
  await page.getByRole('option', { name: /^Correo/ }).waitFor();
  await page.keyboard.press('Enter');
  const chip = page.getByRole('button', { name: 'Quitar el filtro Canal: Correo' });
  await chip.waitFor();
  expect(new URL(page.url()).searchParams.get('channel')).toBe('email');
  const { database } = centre.server.context;
  const { count } = await database.db
    .selectFrom('contact_fact')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('channel', '=', 'email')
    .executeTakeFirstOrThrow();
  await page.getByRole('button', { name: new RegExp(`^Contactos ${count}$`) }).waitFor();
  await expectNoAxeViolations(page);

  await page
    .getByRole('row', { name: /^Total/ })
    .getByRole('button', { name: /^Contactos, Total/ })
    .press('Enter');
  const rows = page.getByRole('dialog', { name: 'Contactos · Total' });
  await rows
    .getByRole('link')
    .nth(count - 1)
    .waitFor();
  expect(await rows.getByRole('link').count()).toBe(count);
  await page.keyboard.press('Escape');
  await rows.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Programar' }).press('Enter');
  const form = page.getByRole('dialog', { name: 'Programar por correo' });
  await form.getByLabel('Nombre').fill('Correo de ayer');
  await form.getByText('Solo: Correo').waitFor();
  await expectNoAxeViolations(page);
  await form.getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('heading', { name: 'Correo de ayer' }).waitFor();
  // Without the notice that it was saved, which comes and goes.
  await page.reload();
  await page.getByRole('heading', { name: 'Correo de ayer' }).waitFor();
  await page.getByText('Los reportes no pueden salir').waitFor();
  await expectNoAxeViolations(page);

  await page.goBack();
  await chip.waitFor();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: /^Contactos 60$/ }).waitFor();
  expect(new URL(page.url()).searchParams.has('channel')).toBe(false);
});

test('axe finds nothing in the dark, in reports, what is scheduled, and quality', async () => {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await consoleOnScreen(page).signIn('elena', '/reports?from=2026-03-02&to=2026-03-02&compare=none&by=hour');
  await page.getByRole('row', { name: /^Total/ }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Programados' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Los reportes no pueden salir').waitFor();
  await expectNoAxeViolations(page);
  await page.goto('/console/quality/figures');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await expectNoAxeViolations(page);
});

test('the plan for a day, on a phone', async () => {
  const page = await browser.newPage({ viewport: phone });
  await consoleOnScreen(page).signIn('elena', '/forecast?day=2026-03-09');
  await page.getByText('Se calcula con la mediana de 1 día parecido al lun 9 de mar.').waitFor();
  await page
    .getByRole('img', { name: /^Gráfica: personas necesarias/ })
    .locator('svg')
    .waitFor();
  await expectNoAxeViolations(page);
});
