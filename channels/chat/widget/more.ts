import type { CSSResult } from 'lit';

/**
 * What `/widget/more.js` brings: parts of the chat that few conversations come to, so that they do not weigh on the
 * first screen. Its elements (`linea-chat-call`, `-ending`, `-folio`, `-link`, `-map`, `-place`, `-request`, `-suggestions`) are
 * drawn once it has come: what is put on an element before it is defined gets lost.
 */
export interface More {
  styles: CSSResult;
}
