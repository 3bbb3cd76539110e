import arrowDown from 'lucide:arrow-down';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { unreadCount } from '../state/chat-state.ts';
import { hasEarlier } from '../state/conversation-log.ts';
import { ChatPart } from './chat-part.ts';
import { conversationRows } from './conversation-rows.ts';
import { icon } from './icon.ts';
import { messageBubble } from './message-bubble.ts';

const NEAR_PX = 60;

/** The conversation: stays at its end while the reader is there, and stays put while the reader looks back. */
export class LineaChatMessages extends ChatPart {
  #isAtEnd = true;
  #newestPending: string | undefined;
  #heightBefore = 0;
  #topBefore = 0;
  #fromBefore: number | null = null;
  readonly #resized = new ResizeObserver(() => this.#settle());
  readonly #visibilityChanged = () => this.#report();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#visibilityChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    this.#resized.disconnect();
  }

  override render(): TemplateResult {
    const { log, locale, loadingEarlier, city, more } = this.state;
    const rows = conversationRows(log, locale);
    const unread = this.#isAtEnd ? 0 : unreadCount(this.state);
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label=${this.say('conversation')} @scroll=${this.#scrolled}>
        <div class="stream">
          ${
            hasEarlier(log)
              ? html`<button type="button" class="link earlier" @click=${() => this.chat.loadEarlier()}>
                ${this.say(loadingEarlier ? 'loading' : 'earlier')}</button>`
              : nothing
          }
          <div class="log" role="log" aria-relevant="additions" aria-live=${log.from === null ? 'off' : 'polite'}
            aria-label=${this.say('conversation')} aria-busy=${loadingEarlier}>
            ${repeat(
              rows,
              ({ key }) => key,
              (row) => (row.type === 'day' ? html`<p class="day">${row.label}</p>` : messageBubble(row, this.chat)),
            )}
          </div>
          ${city ? html`<linea-chat-introduction .chat=${this.chat}></linea-chat-introduction>` : this.#skeleton()}
          <div role="status">${this.#typing()}</div>
          ${more ? html`<linea-chat-ending .chat=${this.chat}></linea-chat-ending>` : nothing}
        </div>
      </div>
      ${
        this.#isAtEnd
          ? nothing
          : html`<button type="button" class="to-end" @click=${() => this.#toEnd(true)}>
            ${unread === 0 ? this.say('toEnd') : this.say(unread === 1 ? 'newOne' : 'newMany', { count: unread })}
            ${icon(arrowDown, 16)}</button>`
      }`;
  }

  override willUpdate(): void {
    this.#heightBefore = this.#scroller?.scrollHeight ?? 0;
  }

  override updated(): void {
    const { log } = this.state;
    // Both: pictures make the stream grow, and the composer makes its window shrink.
    for (const element of this.querySelectorAll('.scroller, .stream')) this.#resized.observe(element);
    const newestPending = log.pending.at(-1)?.clientId;
    if (newestPending && newestPending !== this.#newestPending) this.#isAtEnd = true;
    this.#newestPending = newestPending;
    const hasGrownAbove = log.from !== null && this.#fromBefore !== null && log.from < this.#fromBefore;
    this.#fromBefore = log.from;
    if (hasGrownAbove) this.#keepPlace();
    else this.#settle();
    this.#report();
  }

  get #scroller(): HTMLElement | null {
    return this.find('.scroller');
  }

  #skeleton(): TemplateResult {
    return html`<div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>`;
  }

  #typing(): TemplateResult | typeof nothing {
    const { typing } = this.state;
    if (!typing) return nothing;
    const words = typing.name ? this.say('typing', { name: typing.name }) : this.say('typingBot');
    return html`<p class="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${words}</p>`;
  }

  /** Browsers that do it themselves (scroll anchoring) have done so already: then there is nothing to add. */
  #keepPlace(): void {
    const scroller = this.#scroller;
    if (!scroller || scroller.scrollTop > NEAR_PX * 2) return;
    scroller.scrollTop += scroller.scrollHeight - this.#heightBefore;
  }

  #settle(): void {
    const { log } = this.state;
    // Before the first message the welcome is read from its top.
    if (this.#isAtEnd && log.messages.length + log.pending.length > 0) this.#toEnd(false);
  }

  #toEnd(smoothly: boolean): void {
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior: smoothly ? 'smooth' : 'instant' });
  }

  #scrolled(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
    // Only the reader leaves the end, by going up; content that grows below does not.
    const isAtEnd = isNear || (this.#isAtEnd && scroller.scrollTop >= this.#topBefore);
    this.#topBefore = scroller.scrollTop;
    if (isAtEnd !== this.#isAtEnd && this.state.log.messages.length > 0) {
      this.#isAtEnd = isAtEnd;
      this.requestUpdate();
    }
    if (scroller.scrollTop < NEAR_PX) void this.chat.loadEarlier();
    this.#report();
  }

  #report(): void {
    this.chat.seen(this.#isAtEnd && document.visibilityState === 'visible');
  }
}
