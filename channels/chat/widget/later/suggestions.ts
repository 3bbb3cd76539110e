import mapPin from 'lucide:map-pin';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Part } from '../../../../server/contract/message.ts';
import type { PlaceSuggestion } from '../../../../server/contract/place.ts';
import { icon } from '../components/icon.ts';
import { LaterPart } from './later-part.ts';
import { findPlaces } from './places-api.ts';

const AFTER_MS = 180;
const FROM_LENGTH = 3;
const SHOWN = 5;

/**
 * Places that fit what is being written, above the composer's field. The field stays one for text in which Enter
 * sends: a suggestion is only taken once an arrow key or a finger has picked it.
 */
export class LineaChatSuggestions extends LaterPart {
  static override properties: PropertyDeclarations = { found: { state: true }, active: { state: true } };
  declare found: PlaceSuggestion[];
  /** Index of the one that Enter takes; -1: none. */
  declare active: number;
  #text: HTMLTextAreaElement | null = null;
  #leave = new AbortController();
  #asking = new AbortController();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.found = [];
    this.active = -1;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const form = this.closest('form');
    this.#text = form?.querySelector('textarea') ?? null;
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    this.#text?.addEventListener('input', () => this.#typed(), { signal });
    this.#text?.addEventListener('blur', () => this.#close(), { signal });
    // Before the composer, which would send at Enter, and the panel, which would close at Escape.
    form?.addEventListener('keydown', (event) => this.#pressed(event), { capture: true, signal });
    this.#text?.setAttribute('aria-autocomplete', 'list');
    this.#text?.setAttribute('aria-controls', 'suggestions');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave.abort();
    this.#close();
    for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'])
      this.#text?.removeAttribute(name);
  }

  override render(): TemplateResult {
    const { length } = this.found;
    const count = length === 1 ? this.sayMore('oneSuggestion') : this.sayMore('suggestionCount', { count: length });
    return html`<ul class="suggestions" id="suggestions" role="listbox" aria-label=${this.sayMore('suggestions')} ?hidden=${length === 0}>
        ${this.found.map((suggestion, index) => this.#option(suggestion, index))}
      </ul>
      <p class="hidden" role="status">${length > 0 ? count : nothing}</p>`;
  }

  override updated(): void {
    if (this.active >= 0) this.#text?.setAttribute('aria-activedescendant', `suggestion-${this.active}`);
    else this.#text?.removeAttribute('aria-activedescendant');
  }

  #option(suggestion: PlaceSuggestion, index: number): TemplateResult {
    // Not a click: by then the field has lost the focus, and the list is gone.
    return html`<li role="option" id="suggestion-${index}" aria-selected=${index === this.active}
      @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.#take(suggestion)}>
      ${icon(mapPin, 18)}<span>${suggestion.label}</span></li>`;
  }

  #typed(): void {
    clearTimeout(this.#soon);
    this.#asking.abort();
    const text = this.#text?.value.trim() ?? '';
    if (text.length < FROM_LENGTH) this.#close();
    else this.#soon = setTimeout(() => void this.#ask(text), AFTER_MS);
  }

  async #ask(text: string): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const found = await findPlaces(this.chat.origin, text, signal);
    if (signal.aborted) return;
    this.active = -1;
    this.found = found.slice(0, SHOWN);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.target !== this.#text || this.found.length === 0 || event.isComposing) return;
    const picked = this.found[this.active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && picked) this.#take(picked);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Round about, with the field itself between the last and the first. */
  #move(by: 1 | -1): void {
    const places = this.found.length + 1;
    this.active = ((this.active + 1 + by + places) % places) - 1;
  }

  #take({ label, place: { point } }: PlaceSuggestion): void {
    this.#close();
    this.chat.edit('');
    const text: Part = { type: 'text', text: label };
    this.chat.write(point ? [text, { type: 'location', ...point, label }] : [text]);
    this.#text?.focus();
  }

  #close(): void {
    clearTimeout(this.#soon);
    this.#asking.abort();
    this.found = [];
    this.active = -1;
  }
}
