import { html, type TemplateResult } from 'lit';
import type { Say } from '../locales/say.ts';
import type { Mark } from './conversation-rows.ts';

const words = {
  waiting: 'waitingToSend',
  sending: 'sending',
  refused: 'failed',
  failed: 'failed',
  stored: 'stored',
  delivered: 'delivered',
  read: 'read',
} as const satisfies Record<Mark, Parameters<Say>[0]>;

/**
 * Clock, one tick, two ticks, two ticks in the accent. One drawing for all of them, of which styles show a part:
 * replacing it would make screen readers announce the message again.
 */
export function deliveryMark(mark: Mark, say: Say): TemplateResult {
  const word = say(words[mark]);
  return html`<span class="mark" data-mark=${mark} title=${word}>
    <svg viewBox="0 0 22 14" width="22" height="14" aria-hidden="true">
      <g class="clock"><circle cx="14" cy="7" r="5.200"></circle><path d="M14 4.200V7l2 1.300"></path></g>
      <g class="cross"><path d="m10.500 3.500 7 7m0-7-7 7"></path></g>
      <path class="tick" d="m6 7.500 3.200 3.200L16 3.500"></path>
      <path class="second tick" d="m11.500 9.800 1 .9 7.200-7.200"></path>
    </svg>
    <span class="hidden">${word}</span>
  </span>`;
}
