import megaphone from 'lucide:megaphone';
import messageCircle from 'lucide:message-circle';
import wifiOff from 'lucide:wifi-off';
import { adoptStyles, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { ChoiceOption } from '../../../../server/contract/message.ts';
import { type Say, sayIn } from '../locales/say.ts';
import type { More } from '../more.ts';
import type { ScriptOptions } from '../script-options.ts';
import { type Chat, createChat } from '../state/chat.ts';
import { openQuestions, unreadCount } from '../state/chat-state.ts';
import { styles } from '../styles/styles.ts';
import { chime } from './chime.ts';
import { FileDrop } from './file-drop.ts';
import { fitVisibleScreen, isFullScreen, keepFocusInside, lockPage } from './full-screen.ts';
import { icon } from './icon.ts';
import { paint } from './paint.ts';
import { queueLine } from './queue-line.ts';
import { countInTitle } from './unread-title.ts';

const DEFAULT_COLOR = '#0b5c7d';

/** `<linea-chat>`: the launcher, and the panel that it opens. Attributes win over the script's `data-…`. */
export class LineaChat extends LitElement {
  static script: ScriptOptions;
  static override styles = styles;
  static override properties = {
    locale: {},
    position: {},
    color: {},
    open: { type: Boolean, reflect: true },
  };
  declare locale: string | null;
  declare position: string | null;
  declare color: string | null;
  declare open: boolean;

  #chat: Chat | null = null;
  readonly #files = new FileDrop(this, (files) => this.#chat?.tray.addFiles(files));
  #leave = new AbortController();
  #focusBack: HTMLElement | null = null;
  #unread = 0;
  /** False until it was drawn once: a chat that is open from the start must not take the page's focus. */
  #isUsed = false;
  #isStyled = false;

  constructor() {
    super();
    const { locale, position, color, open } = LineaChat.script;
    Object.assign(this, { locale, position, color, open });
  }

  /** Opens the chat, or its calls, says `say` if given, and gives the focus back to `opener` in the end. */
  openBy(opener: HTMLElement | null, say: ChoiceOption | null, calls = false): void {
    this.#focusBack = opener;
    this.#chat?.open();
    if (say) this.#chat?.choose(say);
    if (calls) this.#chat?.call();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const chat = createChat({ origin: LineaChat.script.origin, locale: this.#pageLocale() });
    this.#chat = chat;
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    const unsubscribe = chat.subscribe(() => {
      this.open = chat.state.open;
      this.#adoptStylesOf(chat.state.more);
      this.requestUpdate();
    });
    signal.addEventListener('abort', unsubscribe);
    fitVisibleScreen(this, signal);
    if (this.open) chat.open();
    void chat.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave.abort();
    this.#chat?.stop();
    this.#chat = null;
    countInTitle(0);
    lockPage(false);
  }

  override render(): TemplateResult | typeof nothing {
    const chat = this.#chat;
    if (!chat) return nothing;
    const side = this.position ?? chat.state.city?.chat.position ?? 'right';
    return html`<div class="frame" data-side=${side} lang=${chat.state.locale}>
      ${this.open ? this.#panel(chat) : this.#launcher(chat)}
    </div>`;
  }

  override willUpdate(): void {
    const chat = this.#chat;
    if (!chat || chat.state.open === this.open) return;
    if (this.open) chat.open();
    else chat.close();
  }

  override updated(changed: Map<string, unknown>): void {
    const chat = this.#chat;
    if (!chat) return;
    paint(this, this.color ?? chat.state.city?.chat.color ?? DEFAULT_COLOR);
    if (changed.has('open')) this.#turned(this.#isUsed);
    this.#isUsed = true;
    if (!this.open) chat.seen(false);
    this.#announceUnread(unreadCount(chat.state));
  }

  #pageLocale(): Locale {
    const asked = this.locale ?? (document.documentElement.lang || navigator.language);
    return asked.toLowerCase().startsWith('en') ? 'en' : 'es';
  }

  get #say(): Say {
    return sayIn(this.#chat?.state.locale ?? 'es');
  }

  #launcher({ state }: Chat): TemplateResult | typeof nothing {
    const { city, line, locale } = state;
    // Drawn once the city's colour and words are known, so that it does not change under the finger.
    if (!city && line !== 'offline') return nothing;
    const label = city?.chat.launcher[locale] ?? this.#say('launcher');
    const count = unreadCount(state);
    return html`<button type="button" class="launcher" aria-haspopup="dialog"
      aria-label=${count > 0 ? this.#say('launcherUnread', { label, count }) : label} @click=${() => this.openBy(null, null)}>
      ${icon(messageCircle, 24)}<span>${label}</span>
      ${count > 0 ? html`<span class="badge" aria-hidden="true">${count > 9 ? '9+' : count}</span>` : nothing}
    </button>`;
  }

  #panel(chat: Chat): TemplateResult {
    const { city, line, locale, sheet } = chat.state;
    const isFormFirst = openQuestions(chat.state).some(({ required }) => required);
    const place = queueLine(chat.state);
    return html`<section class="panel" role="dialog" aria-modal=${isFullScreen()} tabindex="-1"
      aria-label=${this.#say('title', { city: city?.chat.title[locale] ?? '' })}
      @keydown=${this.#keyPressed} @linea-chat-write=${this.#focusComposer}
      @dragover=${this.#files.over} @dragleave=${this.#files.leave} @drop=${this.#files.drop}>
      <div class="panel-body" ?inert=${sheet !== null}>
        <linea-chat-header .chat=${chat}></linea-chat-header>
        <div role="status">
          ${line === 'offline' ? html`<p class="banner">${icon(wifiOff, 16)} ${this.#say('offline')}</p>` : nothing}
          ${city?.announcements.map(({ text }) => html`<p class="announcement">${icon(megaphone, 16)} ${text[locale]}</p>`)}
          ${place ? html`<p class="queue-line">${place}</p>` : nothing}
        </div>
        <linea-chat-messages .chat=${chat}></linea-chat-messages>
        ${isFormFirst ? nothing : html`<linea-chat-composer .chat=${chat}></linea-chat-composer>`}
      </div>
      ${this.#files.isOver ? html`<div class="drop" aria-hidden="true">${this.#say('drop')}</div>` : nothing}
      ${this.#sheet(chat)}
    </section>`;
  }

  #sheet(chat: Chat): TemplateResult | typeof nothing {
    const { sheet, more } = chat.state;
    if (sheet === 'call') return more ? html`<linea-chat-call .chat=${chat}></linea-chat-call>` : nothing;
    if (sheet === 'link') return more ? html`<linea-chat-link .chat=${chat}></linea-chat-link>` : nothing;
    if (sheet === 'map') return html`<linea-chat-map .chat=${chat}></linea-chat-map>`;
    return sheet ? html`<linea-chat-sheet .chat=${chat}></linea-chat-sheet>` : nothing;
  }

  #adoptStylesOf(more: More | null): void {
    if (!more || this.#isStyled || !this.shadowRoot) return;
    this.#isStyled = true;
    adoptStyles(this.shadowRoot, [...styles, more.styles]);
  }

  /** After the panel came or went: the focus follows it, and a phone's page behind it stands still. */
  #turned(movesFocus: boolean): void {
    lockPage(this.open);
    if (!movesFocus) return;
    if (!this.open) {
      const back = this.#focusBack?.isConnected
        ? this.#focusBack
        : this.renderRoot.querySelector<HTMLElement>('.launcher');
      back?.focus();
      this.#focusBack = null;
      return;
    }
    // On a touch screen the composer would bring up the keyboard over what there is to read.
    if (matchMedia('(pointer: coarse)').matches) this.#focus('.panel');
    else this.#focusComposer();
  }

  #focusComposer(): void {
    const target = this.renderRoot.querySelector('linea-chat-composer') ? 'linea-chat-composer' : '.panel';
    this.#focus(target);
  }

  #focus(selector: string): void {
    const target = this.renderRoot.querySelector<HTMLElement>(selector);
    // A part of the panel draws itself one step after the panel.
    requestAnimationFrame(() => target?.focus());
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.#chat?.close();
    }
    if (event.key === 'Tab' && isFullScreen() && this.shadowRoot) keepFocusInside(this.shadowRoot, event);
  }

  #announceUnread(count: number): void {
    const isNews = count > this.#unread;
    this.#unread = count;
    countInTitle(this.open && document.visibilityState === 'visible' ? 0 : count);
    if (isNews && this.#chat?.state.sound) chime();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'linea-chat': LineaChat;
  }
}
