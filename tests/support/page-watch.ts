import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Notes what no page of ours may do: ask another origin for anything, or write an error to the console. */
export function watchPages(context: BrowserContext, origin: string, expectedErrors: RegExp[]) {
  const faults: string[] = [];
  const note = (fault: string) => {
    if (!expectedErrors.some((expected) => expected.test(fault))) faults.push(fault);
  };
  const check = (url: string) => {
    if (!isOurs(url, origin)) faults.push(`left the origin: ${url}`);
  };
  const watch = (page: Page) => {
    page.on('pageerror', (error) => note(error.stack || `${error.name}: ${error.message}`));
    page.on('websocket', (socket) => check(socket.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
    });
  };
  context.on('page', watch);
  context.on('request', (request) => check(request.url()));
  return { faults, expectQuiet: () => expect(faults, 'what the pages did wrong').toEqual([]) };
}

function isOurs(url: string, origin: string): boolean {
  const { protocol, host } = new URL(url);
  if (['data:', 'blob:', 'about:'].includes(protocol)) return true;
  return ['http:', 'ws:'].includes(protocol) && host === new URL(origin).host;
}
