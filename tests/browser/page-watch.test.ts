import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { watchPages } from '../support/page-watch.ts';

describe('the watch over every page', () => {
  let server: Server;
  let origin: string;
  let chromium: TestBrowser;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pages[request.url ?? ''] ?? '');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    chromium = await launchBrowser(origin);
  });

  afterAll(async () => {
    await chromium?.close();
    server?.close();
  });

  const faultsOf = async (path: string, expectedErrors: RegExp[] = []) => {
    const context = await chromium.browser.newContext();
    const watch = watchPages(context, origin, expectedErrors);
    const page = await context.newPage();
    await page.goto(origin + path);
    await context.close();
    return watch.faults;
  };

  test('lets a page in order pass', async () => {
    const page = await chromium.newPage();
    await page.goto('/good');
    await expectNoAxeViolations(page);
    expect(await faultsOf('/good')).toEqual([]);
  });

  test('notes a request to another origin', async () => {
    expect(await faultsOf('/outside')).toContain('left the origin: http://127.0.0.1:9/font.woff2');
  });

  test('notes an exception and an error in the console, but not one that the story expects', async () => {
    expect(await faultsOf('/broken')).toEqual([
      expect.stringContaining('noisy'),
      expect.stringContaining('thrown on purpose'),
    ]);
    expect(await faultsOf('/broken', [/noisy/, /thrown on purpose/])).toEqual([]);
  });

  test('has axe look at the page', async () => {
    const page = await chromium.newPage();
    await page.goto('/inaccessible');
    await expect(expectNoAxeViolations(page)).rejects.toThrow(/button-name/);
  });
});

const frame = (body: string) =>
  `<!doctype html><html lang="es"><head><title>Prueba</title></head><body><main><h1>Prueba</h1>${body}</main></body></html>`;

const pages: Record<string, string> = {
  '/good': frame('<button>Enviar</button>'),
  '/outside': frame('<img alt="" src="http://127.0.0.1:9/font.woff2">'),
  '/broken': frame('<script>console.error("noisy"); throw new Error("thrown on purpose")</script>'),
  '/inaccessible': frame('<button></button>'),
};
