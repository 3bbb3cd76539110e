import arrowLeft from 'lucide:arrow-left';
import mapPin from 'lucide:map-pin';
import minus from 'lucide:minus';
import plus from 'lucide:plus';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Point, Whereabouts } from '../../../../server/contract/place.ts';
import { FocusBack } from '../components/focus-back.ts';
import { icon } from '../components/icon.ts';
import { LaterPart } from './later-part.ts';
import { loadMap } from './load-map.ts';
import type { CityMap } from './map.ts';
import { pin } from './pin.ts';
import { placeWords } from './place-words.ts';
import { whereIs } from './places-api.ts';

const KEY_STEP_PX = 48;
const LOOK_UP_AFTER_MS = 300;

/**
 * The city's map over the conversation. The pin stands still in the middle and the map is moved under it, which a thumb
 * does more exactly than it drops a pin.
 */
export class LineaChatMap extends LaterPart {
  static override properties: PropertyDeclarations = { drawn: { state: true }, where: { state: true } };
  declare drawn: 'loading' | 'ready' | 'failed';
  /** What is under the pin; null while it is looked up. */
  declare where: Whereabouts | 'unknown' | null;
  #map: CityMap | null = null;
  #at: Point | null = null;
  #looking = new AbortController();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.drawn = 'loading';
    this.where = null;
    new FocusBack(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#soon);
    this.#looking.abort();
    this.#map?.remove();
    this.#map = null;
  }

  override firstUpdated(): void {
    this.find('[data-first]')?.focus();
    void this.#draw();
  }

  override render(): TemplateResult {
    const { picks } = this.state.map;
    const say = this.sayMore;
    return html`<div class="sheet map-sheet" role="dialog" aria-labelledby="map-title" @keydown=${this.#keyPressed}>
      <div class="sheet-bar">
        <button type="button" class="round" data-first aria-label=${this.say('back')} @click=${this.#close}>${icon(arrowLeft)}</button>
        <h2 id="map-title">${say(picks ? 'mapTitle' : 'location')}</h2>
      </div>
      <div class="map-frame">
        <div class="map" @keydown=${this.#moved}></div>
        <span class="map-pin">${pin(46)}</span>
        ${this.drawn === 'loading' ? html`<p class="map-word">${say('mapLoading')}</p>` : nothing}
        ${this.drawn === 'failed' ? html`<p class="map-word" role="alert">${say('mapFailed')}</p>` : nothing}
        ${this.drawn === 'ready' ? this.#zoom() : nothing}
      </div>
      <div class="map-foot">
        ${picks ? html`<p class="quiet fine">${say('mapHint')}</p>` : nothing}
        <p class="map-place" role="status" ?data-outside=${this.#isOutside()}>${icon(mapPin, 18)} <span>${this.#words()}</span></p>
        ${
          picks && this.drawn !== 'failed'
            ? html`<button type="button" class="primary" aria-disabled=${!this.#canConfirm()} @click=${this.#confirm}>${say('here')}</button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #zoom(): TemplateResult {
    const button = (face: TemplateResult<2>, label: string, steps: 1 | -1) =>
      html`<button type="button" class="round" aria-label=${label} title=${label} @click=${() => this.#map?.zoom(steps)}>${icon(face)}</button>`;
    return html`<div class="map-zoom">${button(plus, this.sayMore('zoomIn'), 1)}${button(minus, this.sayMore('zoomOut'), -1)}</div>`;
  }

  async #draw(): Promise<void> {
    const failed = () => {
      this.drawn = 'failed';
    };
    try {
      const { openMap, styles } = await loadMap(this.chat.origin);
      const container = this.find('.map');
      if (!container || !this.isConnected) return;
      adopt(this.getRootNode(), styles);
      const { map, locale } = this.state;
      this.#map = openMap(container, {
        origin: this.chat.origin,
        locale,
        label: `${this.sayMore(map.picks ? 'mapHint' : 'location')} ${this.sayMore('mapKeys')}`,
        at: map.at,
        bounds: null,
        moves: true,
        moved: (center) => this.#lookUpSoon(center),
        ready: () => {
          this.drawn = 'ready';
          if (this.#map) this.#lookUpSoon(this.#map.center());
        },
        failed,
      });
    } catch {
      failed();
    }
  }

  #lookUpSoon(at: Point): void {
    // Looking at a place, what is said is about the place, wherever the map is moved.
    if (!this.state.map.picks && this.#at) return;
    this.#at = this.state.map.picks ? at : (this.state.map.at ?? at);
    this.where = null;
    clearTimeout(this.#soon);
    this.#looking.abort();
    this.#soon = setTimeout(() => void this.#lookUp(), LOOK_UP_AFTER_MS);
  }

  async #lookUp(): Promise<void> {
    if (!this.#at) return;
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    const where = await whereIs(this.chat.origin, this.#at, signal);
    if (!signal.aborted) this.where = where ?? 'unknown';
  }

  #words(): string {
    if (this.where === null) return this.drawn === 'ready' ? this.sayMore('lookingUp') : '';
    if (this.#isOutside()) return this.sayMore('outside', { city: this.state.city?.name ?? '' });
    return placeWords(this.where === 'unknown' ? null : this.where, this.sayMore);
  }

  #isOutside(): boolean {
    return this.where !== null && this.where !== 'unknown' && !this.where.inside;
  }

  #canConfirm(): boolean {
    return this.#at !== null && this.where !== null && !this.#isOutside();
  }

  #confirm(): void {
    if (!this.#at || !this.#canConfirm()) return;
    const label = this.#words();
    this.#close();
    this.chat.write([{ type: 'location', ...this.#at, label }]);
  }

  #close(): void {
    this.chat.show(null);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }

  #moved(event: KeyboardEvent): void {
    const steps: Record<string, () => void> = {
      ArrowLeft: () => this.#map?.pan(-KEY_STEP_PX, 0),
      ArrowRight: () => this.#map?.pan(KEY_STEP_PX, 0),
      ArrowUp: () => this.#map?.pan(0, -KEY_STEP_PX),
      ArrowDown: () => this.#map?.pan(0, KEY_STEP_PX),
      '+': () => this.#map?.zoom(1),
      '=': () => this.#map?.zoom(1),
      '-': () => this.#map?.zoom(-1),
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step();
  }
}

/** MapLibre's own styles, once in a root. */
function adopt(root: Node, styles: string): void {
  if (!(root instanceof ShadowRoot) || root.querySelector('.maplibregl-canvas')) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((other) => !marked.has(other)), sheet];
  marked.add(sheet);
}

const marked = new WeakSet<CSSStyleSheet>();
