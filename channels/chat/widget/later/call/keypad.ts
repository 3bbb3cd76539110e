import { html, type TemplateResult } from 'lit';
import type { CallWords } from './call-words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** A telephone's keys. */
export function keypad(words: CallWords, press: (key: string) => void): TemplateResult {
  return html`<div class="call-keys" id="call-keys" role="group" aria-label=${words('keypad')}>
    ${KEYS.map(
      (key) =>
        html`<button type="button" aria-label=${words('key', { key })} @click=${() => press(key)}>${key}</button>`,
    )}
  </div>`;
}

export const isKey = (key: string): boolean => (KEYS as readonly string[]).includes(key);
