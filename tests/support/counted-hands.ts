import type { Locator, Page } from 'playwright-core';

/** What somebody at the console does, counted. */
export interface Hands {
  /** Keys pressed; those held down together are one. */
  keys(...pressed: string[]): Promise<void>;
  click(target: Locator): Promise<void>;
  /** The words themselves, which count for neither. */
  write(text: string): Promise<void>;
  /** Those since the last time, of both kinds. */
  count(): { keys: number; clicks: number };
}

export function countedHands(page: Page): Hands {
  let keys = 0;
  let clicks = 0;
  return {
    async keys(...pressed) {
      for (const key of pressed) {
        keys += 1;
        await page.keyboard.press(key);
      }
    },
    async click(target) {
      clicks += 1;
      await target.click();
    },
    write: (text) => page.keyboard.type(text),
    count() {
      const done = { keys, clicks };
      keys = 0;
      clicks = 0;
      return done;
    },
  };
}
