import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { desk, phone } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { SAMPLE_PASSWORD } from '../support/contact-centre.ts';
import { startServerProcess } from '../support/server-process.ts';
import { bringResidents } from './bring-residents.ts';
import { loadDay } from './load-day.ts';
import { loadReviews } from './load-reviews.ts';
import { type Screen, screens } from './screens.ts';

/**
 * `npm run pictures -- [--only NAME] [--seed N] [--url URL]`: every screen on a day of the sample city, for
 * docs/screens.md. With `--url`, of a server that runs already and has its day.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, seed: { type: 'string', default: '1' }, url: { type: 'string' } },
});

const docs = path.resolve(import.meta.dirname, '../../docs');
const folder = path.join(docs, 'images/screens');

const looks = [
  { name: 'desk-light', viewport: desk, colorScheme: 'light' },
  { name: 'desk-dark', viewport: desk, colorScheme: 'dark' },
  { name: 'phone-light', viewport: phone, colorScheme: 'light', isMobile: true, hasTouch: true },
  { name: 'phone-dark', viewport: phone, colorScheme: 'dark', isMobile: true, hasTouch: true },
] as const;

const server = values.url ? null : await startServerProcess({ env: { SAMPLE_PASSWORD } });
const browser = await launchChromium();
try {
  const url = values.url ?? server?.url ?? '';
  if (server) await loadDay(url, Number(values.seed), SAMPLE_PASSWORD, (line) => process.stderr.write(`${line}\n`));
  if (server) await loadReviews(url, SAMPLE_PASSWORD);
  if (server) await bringResidents(url, SAMPLE_PASSWORD);
  await mkdir(folder, { recursive: true });
  const chosen = screens.filter(({ name }) => !values.only || name === values.only);
  for (const look of looks) {
    const there = chosen.filter(({ deskOnly }) => !deskOnly || look.viewport === desk);
    for (const [who, theirs] of Map.groupBy(there, (screen) => screen.who)) {
      await takePictures(browser, who, theirs, { ...look, baseURL: url });
    }
  }
  await writeFile(path.join(docs, 'screens.md'), describe(screens));
} finally {
  await browser.close();
  await server?.stop();
}

type Look = BrowserContextOptions & { name: string };

/** What one person sees, signed in once. */
async function takePictures(browser: Browser, who: Screen['who'], theirs: readonly Screen[], { name, ...look }: Look) {
  const context = await browser.newContext({ locale: 'es-MX', reducedMotion: 'reduce', ...look });
  try {
    const page = await context.newPage();
    if (who !== 'resident') await consoleOnScreen(page).signIn(who);
    for (const screen of theirs) {
      const file = `${screen.name}-${name}.webp`;
      // The others are taken all the same: a day is not played again for one of them.
      const failure = await takePicture(page, screen, path.join(folder, file)).then(() => null, String);
      process.stderr.write(failure ? `${file} was not taken: ${failure}\n` : `${file}\n`);
      if (failure) process.exitCode = 1;
    }
  } finally {
    await context.close();
  }
}

async function takePicture(page: Page, screen: Screen, file: string) {
  await page.goto(screen.path);
  await page.waitForLoadState('networkidle');
  await screen.arrange?.(page);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction('document.querySelectorAll("[aria-busy=true]").length === 0');
  await writeFile(file, await webp(page));
}

/** A third of a PNG's size, which playwright does not offer. */
async function webp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  return Buffer.from(data, 'base64');
}

function describe(all: readonly Screen[]): string {
  const picture = ({ name, title }: Screen, look: string) =>
    `<img src="images/screens/${name}-${look}.webp" alt="${title}, ${look.replace('-', ', ')}">`;
  const sections = all.map((screen) =>
    [
      `## ${screen.title}`,
      '',
      '| light | dark |',
      '|---|---|',
      `| ${picture(screen, 'desk-light')} | ${picture(screen, 'desk-dark')} |`,
      ...(screen.deskOnly ? [] : [`| ${picture(screen, 'phone-light')} | ${picture(screen, 'phone-dark')} |`]),
    ].join('\n'),
  );
  return [
    '# What does it look like?',
    '',
    'Every screen at the desk and on a phone, light and dark, on a simulated day of the sample city. `npm run pictures` takes them anew.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
}
