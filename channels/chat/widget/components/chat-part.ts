import { LitElement, type PropertyDeclarations } from 'lit';
import { type Say, sayIn } from '../locales/say.ts';
import type { Chat } from '../state/chat.ts';
import type { ChatState } from '../state/chat-state.ts';

/**
 * A part of the panel that follows the chat's state. It draws into the panel's own shadow root instead of one of its
 * own, so that one set of styles serves all parts.
 */
export abstract class ChatPart extends LitElement {
  static override properties: PropertyDeclarations = { chat: { attribute: false } };
  declare chat: Chat;
  #unsubscribe = () => {};

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.chat.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
  }

  protected get state(): ChatState {
    return this.chat.state;
  }

  protected get say(): Say {
    return sayIn(this.state.locale);
  }

  protected find<Found extends HTMLElement>(selector: string): Found | null {
    return this.querySelector<Found>(selector);
  }
}
