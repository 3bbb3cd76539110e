import type { Locator, Page } from 'playwright-core';

/** The chat widget as a person uses it: by what is written on it. Spanish, unless the page is in English. */
export interface ChatOnScreen {
  launcher: Locator;
  panel: Locator;
  composer: Locator;
  send: Locator;
  /** Bubbles of messages, oldest first. */
  bubbles: Locator;
  banner: Locator;
  /** The line with the place in the queue. */
  place: Locator;
  open(): Promise<void>;
  say(text: string): Promise<void>;
  /** Waits for a bubble or a notice with these words. */
  reads(text: string | RegExp): Promise<void>;
  /** The texts of all bubbles, without times and marks. */
  texts(): Promise<string[]>;
  /** How far the message with these words got, as a screen reader is told. */
  markOf(text: string): Promise<string | null>;
  choose(title: string): Promise<void>;
  menu(item: string): Promise<void>;
  drop(name: string, type: string, content: Buffer): Promise<void>;
  paste(name: string, type: string, content: Buffer): Promise<void>;
}

interface HandedOver {
  event: string;
  name: string;
  type: string;
  bytes: number[];
}

/**
 * What a browser hands over when a file is dropped or pasted. Text, because it runs in the page, whose types the
 * tests do not have.
 */
const handOver = new Function(
  'target',
  '{ event, name, type, bytes }',
  `const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], name, { type }));
  const options = { bubbles: true, composed: true, cancelable: true };
  target.dispatchEvent(
    event === 'paste'
      ? new ClipboardEvent('paste', { ...options, clipboardData: data })
      : new DragEvent('drop', { ...options, dataTransfer: data }),
  );`,
) as (target: unknown, file: HandedOver) => void;

export function chatOnScreen(page: Page): ChatOnScreen {
  const chat = page.locator('linea-chat');
  const launcher = chat.locator('.launcher');
  const panel = chat.getByRole('dialog', { name: /^Chat / });
  const composer = panel.getByLabel(/^(Escribe tu mensaje|Write your message)$/);
  const send = panel.getByRole('button', { name: /^(Enviar|Send)$/ });
  const bubbles = panel.locator('.bubble');
  return {
    launcher,
    panel,
    composer,
    send,
    bubbles,
    banner: panel.locator('.banner'),
    place: panel.locator('.queue-line'),
    async open() {
      await launcher.click();
      await panel.waitFor();
    },
    async say(text) {
      await composer.fill(text);
      await send.click();
    },
    reads: (text) => panel.getByRole('log').getByText(text).first().waitFor(),
    texts: () => bubbles.locator('.text').allTextContents(),
    markOf: (text) =>
      panel.locator('.mine .bubble').filter({ hasText: text }).last().locator('.mark .hidden').textContent(),
    choose: (title) => panel.getByRole('button', { name: title }).last().click(),
    async menu(item) {
      await panel.getByRole('button', { name: /^(Más opciones|More options)$/ }).click();
      await panel.locator('.menu').getByText(item).click();
    },
    drop: (name, type, content) => panel.evaluate(handOver, { name, type, bytes: [...content], event: 'drop' }),
    paste: (name, type, content) => composer.evaluate(handOver, { name, type, bytes: [...content], event: 'paste' }),
  };
}
