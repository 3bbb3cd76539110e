import arrowLeft from 'lucide:arrow-left';
import { html, nothing, type TemplateResult } from 'lit';
import { ChatPart } from './chat-part.ts';
import { FocusBack } from './focus-back.ts';
import { icon } from './icon.ts';
import { noticeText } from './rich-text.ts';

/** Covers the conversation with the privacy notice, or with a question before something that ends it. */
export class LineaChatSheet extends ChatPart {
  constructor() {
    super();
    new FocusBack(this);
  }

  override firstUpdated(): void {
    this.find('[data-first]')?.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const { sheet } = this.state;
    if (sheet === 'privacy') return this.#privacy();
    if (sheet === 'end') return this.#question('endSure', 'endEffect', 'yesEnd', () => void this.chat.end());
    if (sheet === 'forget') return this.#question('forgetSure', 'forgetEffect', 'yesForget', () => this.chat.forget());
    return nothing;
  }

  #privacy(): TemplateResult {
    const { city, locale } = this.state;
    return html`<div class="sheet" role="dialog" aria-labelledby="sheet-title" @keydown=${this.#keyPressed}>
      <div class="sheet-bar">
        <button type="button" class="round" data-first aria-label=${this.say('back')} @click=${this.#close}>${icon(arrowLeft)}</button>
        <h2 id="sheet-title">${this.say('privacy')}</h2>
      </div>
      <div class="sheet-text" tabindex="0" role="region" aria-labelledby="sheet-title">
        ${city ? noticeText(withoutTitle(city.privacyNotice.full[locale])) : nothing}
      </div>
    </div>`;
  }

  #question(
    title: 'endSure' | 'forgetSure',
    effect: 'endEffect' | 'forgetEffect',
    yes: 'yesEnd' | 'yesForget',
    act: () => void,
  ): TemplateResult {
    return html`<div class="sheet veil" role="alertdialog" aria-labelledby="sheet-title" aria-describedby="sheet-effect"
      @keydown=${this.#keyPressed}>
      <div class="card">
        <h2 id="sheet-title">${this.say(title)}</h2>
        <p id="sheet-effect">${this.say(effect)}</p>
        <div class="card-actions">
          <button type="button" class="primary" @click=${() => {
            this.#close();
            act();
          }}>${this.say(yes)}</button>
          <button type="button" class="secondary" data-first @click=${this.#close}>${this.say('cancel')}</button>
        </div>
      </div>
    </div>`;
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

/** The sheet has a title of its own. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^\s*# .*\n/, '');
}
