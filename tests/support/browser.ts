import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';
import { watchPages } from './page-watch.ts';

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export interface PageOptions extends BrowserContextOptions {
  /** Console errors that belong to the story, such as the refused request of a wrong password. */
  expectedErrors?: RegExp[];
}

export interface TestBrowser {
  /**
   * A page with cookies and storage of its own, to be opened inside a test and closed at its end. The test fails if
   * the page asked anything outside `origin` or wrote an error to the console.
   */
  newPage(options?: PageOptions): Promise<Page>;
  /** The whole browser, for what a page of its own cannot show. */
  browser: Browser;
  close(): Promise<void>;
}

/** A microphone that beeps once a second, and a browser that never asks whether it may be used. */
export const withMicrophone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Debian's Chromium. One a test file, in `beforeAll`; `origin` is the server's address. */
export async function launchBrowser(origin: string, more: readonly string[] = []): Promise<TestBrowser> {
  const browser = await launchChromium(more);
  return {
    browser,
    newPage: async ({ expectedErrors = [], ...options } = {}) => {
      const context = await browser.newContext({ baseURL: origin, locale: 'es-MX', viewport: desk, ...options });
      const watch = watchPages(context, origin, expectedErrors);
      onTestFinished(async () => {
        await context.close();
        watch.expectQuiet();
      });
      return context.newPage();
    },
    close: () => browser.close(),
  };
}
