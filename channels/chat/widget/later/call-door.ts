import arrowLeft from 'lucide:arrow-left';
import { html, type TemplateResult } from 'lit';
import { FocusBack } from '../components/focus-back.ts';
import { icon } from '../components/icon.ts';
import { LaterPart } from './later-part.ts';

let loaded: Promise<unknown> | null = null;
let tries = 0;

/** Defines `linea-chat-calling`; again after a failure. */
function load(origin: string): Promise<unknown> {
  loaded ??= import(/* @vite-ignore */ `${origin}/widget/call.js${tries++ > 0 ? `?${tries}` : ''}`).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

/** The sheet of calls. What makes a telephone of the browser weighs as much as the chat, and is loaded now. */
export class LineaChatCall extends LaterPart {
  static override properties = { door: { state: true } };
  declare door: 'opening' | 'open' | 'failed';

  constructor() {
    super();
    this.door = 'opening';
    new FocusBack(this);
  }

  override firstUpdated(): void {
    this.find('[data-first]')?.focus();
    void this.#open();
  }

  override render(): TemplateResult {
    if (this.door === 'open') return html`<linea-chat-calling .chat=${this.chat}></linea-chat-calling>`;
    return html`<div class="sheet call" role="dialog" aria-label=${this.say('call')} @keydown=${this.#keyPressed}>
      <div class="call-bar">
        <button type="button" class="round" data-first aria-label=${this.say('back')} @click=${this.#close}>${icon(arrowLeft)}</button>
      </div>
      <p class="call-word" role=${this.door === 'failed' ? 'alert' : 'status'}>
        ${this.sayMore(this.door === 'failed' ? 'callFailed' : 'callOpening')}</p>
    </div>`;
  }

  async #open(): Promise<void> {
    try {
      await load(this.chat.origin);
      this.door = 'open';
    } catch {
      this.door = 'failed';
    }
  }

  #close(): void {
    this.chat.show(null);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }
}
