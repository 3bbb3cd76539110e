import { html, type TemplateResult } from 'lit';
import { FocusBack } from '../components/focus-back.ts';
import { newId } from '../state/new-id.ts';
import { askForChat } from './chat-link-api.ts';
import { LaterPart } from './later-part.ts';
import type { Phrases } from './locales/es.ts';

type Step =
  /** Whether this device has a conversation already is not known yet. */
  | { at: 'looking' }
  | { at: 'asking' }
  | { at: 'taking' }
  /** Refused for good, in the server's words; or not heard of. */
  | { at: 'failed'; why: string | null };

/** Who comes by the link of a telephone call goes on in its chat; who has another one here is asked first. */
export class LineaChatLink extends LaterPart {
  static override properties = { step: { state: true } };
  declare step: Step;
  readonly #browser = newId();

  constructor() {
    super();
    this.step = { at: 'looking' };
    new FocusBack(this);
  }

  override willUpdate(): void {
    if (this.step.at !== 'looking') return;
    const { line, log } = this.state;
    const isNew = this.chat.core.memory.get('token') === null;
    const hasWritten = log.messages.length + log.pending.length > 0;
    if (isNew || (line === 'online' && !hasWritten)) void this.#take();
    else if (line === 'online' || line === 'offline') this.step = { at: 'asking' };
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('step')) this.find('[data-first]')?.focus();
  }

  override render(): TemplateResult {
    const { step } = this;
    if (step.at === 'asking') {
      return this.#card('linkSure', this.sayMore('linkEffect'), [
        ['linkYes', () => void this.#take()],
        ['linkNo', this.#close],
      ]);
    }
    if (step.at === 'failed') {
      return this.#card('linkFailed', step.why ?? this.sayMore('linkOffline'), [
        ...(step.why ? [] : [['linkAgain', () => void this.#take()] as const]),
        ['linkClose', this.#close],
      ]);
    }
    return this.#card('linkOpening', '', []);
  }

  #card(title: keyof Phrases, words: string, ways: readonly (readonly [keyof Phrases, () => void])[]): TemplateResult {
    return html`<div class="sheet veil" role="alertdialog" aria-labelledby="sheet-title" aria-describedby="sheet-words"
      @keydown=${this.#keyPressed}>
      <div class="card">
        <h2 id="sheet-title" tabindex="-1" data-first>${this.sayMore(title)}</h2>
        <p id="sheet-words">${words}</p>
        <div class="card-actions">
          ${ways.map(
            ([label, act], index) => html`<button type="button" class=${index === 0 ? 'primary' : 'secondary'}
              @click=${act}>${this.sayMore(label)}</button>`,
          )}
        </div>
      </div>
    </div>`;
  }

  async #take(): Promise<void> {
    this.step = { at: 'taking' };
    const { link, locale } = this.state;
    const answer = await askForChat(this.chat.origin, link ?? '', this.#browser, locale);
    if (answer && 'token' in answer) {
      this.chat.forget(answer.token);
      // They said on the telephone what it is about.
      this.chat.skipIntroduction();
    } else this.step = { at: 'failed', why: answer?.error.message ?? null };
  }

  readonly #close = (): void => this.chat.show(null);

  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  };
}
