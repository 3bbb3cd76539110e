import doorOpen from 'lucide:door-open';
import download from 'lucide:download';
import ellipsis from 'lucide:ellipsis-vertical';
import languages from 'lucide:languages';
import logOut from 'lucide:log-out';
import phone from 'lucide:phone';
import shieldCheck from 'lucide:shield-check';
import trash from 'lucide:trash';
import volume from 'lucide:volume-2';
import volumeOff from 'lucide:volume-x';
import close from 'lucide:x';
import { html, nothing, type TemplateResult } from 'lit';
import { ChatPart } from './chat-part.ts';
import { icon, shield } from './icon.ts';
import { initials } from './message-bubble.ts';

/** The city, who is answering, and what else can be done. */
export class LineaChatHeader extends ChatPart {
  static override properties = { menu: { state: true } };
  declare menu: boolean;
  readonly #listening = { outside: (event: Event) => this.#closeFromOutside(event) };

  constructor() {
    super();
    this.menu = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#listening.outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#listening.outside);
  }

  override render(): TemplateResult {
    const { city, locale, ticket } = this.state;
    const operator = ticket?.state === 'assigned' ? ticket.operatorName : null;
    return html`<div class="header">
      ${operator ? html`<span class="face large" aria-hidden="true">${initials(operator)}</span>` : shield(city?.name ?? '')}
      <div class="header-words">
        <h2>${city?.chat.title[locale] ?? ''}</h2>
        <p>${this.#whoAnswers(operator)}</p>
      </div>
      <div class="header-actions" @keydown=${this.#keyPressed}>
        ${
          city?.webCalls
            ? html`<button type="button" class="round" aria-label=${this.say('call')} title=${this.say('call')}
                @click=${() => this.chat.call()}>${icon(phone)}</button>`
            : nothing
        }
        <button type="button" class="round menu-button" aria-label=${this.say('menu')} title=${this.say('menu')}
          aria-expanded=${this.menu} aria-controls="menu" @click=${this.#toggle}>${icon(ellipsis)}</button>
        ${this.menu ? this.#menu() : nothing}
        <button type="button" class="round" aria-label=${this.say('close')} title=${this.say('close')}
          @click=${() => this.chat.close()}>${icon(close)}</button>
      </div>
    </div>
    ${ticket?.delicate ? this.#wayOut() : nothing}`;
  }

  #wayOut(): TemplateResult {
    return html`<div class="way-out">
      <span>${this.say('leaveHint')}</span>
      <button type="button" class="leave" @click=${() => this.chat.leave()}>${icon(doorOpen, 18)} ${this.say('leave')}</button>
    </div>`;
  }

  #whoAnswers(operator: string | null): string {
    const { city, line, locale, ticket } = this.state;
    if (!city) return line === 'connecting' ? this.say('connecting') : '';
    if (operator) return this.say('answersPerson', { name: operator });
    if (ticket?.state === 'bot') return this.say('answersBot');
    if (ticket && ticket.state !== 'closed') return this.say('waiting');
    return city.chat.subtitle[locale];
  }

  #menu(): TemplateResult {
    const { log, locale, sound, ticket } = this.state;
    const hasMessages = log.messages.length > 0;
    const isOpen = ticket !== null && ticket.state !== 'closed';
    const item = (face: TemplateResult<2>, label: string, act: () => void, lang?: string) => html`<li>
      <button type="button" lang=${lang ?? locale} @click=${() => this.#act(act)}>${icon(face, 18)} ${label}</button>
    </li>`;
    return html`<ul class="menu" id="menu">
      ${item(languages, this.say('switchTo'), () => this.chat.speak(locale === 'es' ? 'en' : 'es'), locale === 'es' ? 'en' : 'es')}
      ${item(sound ? volumeOff : volume, this.say(sound ? 'soundOff' : 'soundOn'), () => this.chat.setSound(!sound))}
      ${item(shieldCheck, this.say('privacy'), () => this.chat.show('privacy'))}
      ${
        hasMessages
          ? html`<li><a href=${this.chat.transcriptUrl()} download @click=${() => this.#act(() => {})}>
              ${icon(download, 18)} ${this.say('transcript')}</a></li>`
          : nothing
      }
      ${isOpen ? item(logOut, this.say('end'), () => this.chat.show('end')) : nothing}
      ${hasMessages ? item(trash, this.say('forget'), () => this.chat.show('forget')) : nothing}
      ${item(doorOpen, this.say('leave'), () => this.chat.leave())}
    </ul>`;
  }

  #toggle(): void {
    this.menu = !this.menu;
    if (this.menu) void this.updateComplete.then(() => this.find('.menu button')?.focus());
  }

  #act(act: () => void): void {
    this.menu = false;
    this.find('.menu-button')?.focus();
    act();
  }

  #keyPressed(event: KeyboardEvent): void {
    if (!this.menu) return;
    if (event.key === 'Escape') this.#act(() => {});
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#move(event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(by: 1 | -1): void {
    const items = [...this.querySelectorAll<HTMLElement>('.menu :is(button, a)')];
    const here = items.findIndex((item) => item.matches(':focus'));
    items.at((here + by) % items.length)?.focus();
  }

  #closeFromOutside(event: Event): void {
    if (this.menu && !event.composedPath().some((target) => target === this.find('.header-actions'))) this.menu = false;
  }
}
