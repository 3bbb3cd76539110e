import arrowLeft from 'lucide:arrow-left';
import mapPin from 'lucide:map-pin';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { CityMap } from '../../../../map/city-map.ts';
import type { Point, Whereabouts } from '../../../../server/contract/place.ts';
import { FocusBack } from '../components/focus-back.ts';
import { icon } from '../components/icon.ts';
import { LaterPart } from './later-part.ts';
import { drawMap } from './load-map.ts';
import { pin } from './pin.ts';
import { placeWords } from './place-words.ts';
import { whereIs } from './places-api.ts';

const LOOK_UP_AFTER_MS = 300;
/** Further away than this a pin may mean any of several streets. */
const NEAR_ZOOM = 14;

/**
 * The city's map over the conversation. The pin stands still in the middle and the map is moved under it, which a thumb
 * does more exactly than it drops a pin.
 */
export class LineaChatMap extends LaterPart {
  static override properties: PropertyDeclarations = {
    drawn: { state: true },
    where: { state: true },
    near: { state: true },
  };
  declare drawn: 'loading' | 'ready' | 'failed';
  /** What is under the pin; null while it is looked up. */
  declare near: boolean;
  declare where: Whereabouts | 'unknown' | null;
  #map: CityMap | null = null;
  #at: Point | null = null;
  #looking = new AbortController();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.drawn = 'loading';
    this.where = null;
    this.near = false;
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
        <div class="map"></div>
        ${picks && this.drawn === 'ready' ? html`<span class="map-pin">${pin(46)}</span>` : nothing}
        ${this.drawn === 'loading' ? html`<p class="map-word">${say('mapLoading')}</p>` : nothing}
        ${this.drawn === 'failed' ? html`<p class="map-word" role="alert">${say('mapFailed')}</p>` : nothing}
      </div>
      <div class="map-foot" ?hidden=${this.drawn === 'failed'}>
        ${picks ? html`<p class="quiet fine">${say('mapHint')}</p>` : nothing}
        <p class="map-place" role="status" ?data-outside=${this.#isOutside()}>${icon(mapPin, 18)} <span>${this.#words()}</span></p>
        ${
          picks
            ? html`<button type="button" class="primary" aria-disabled=${!this.#canConfirm()} @click=${this.#confirm}>${say(this.near ? 'here' : 'closer')}</button>`
            : nothing
        }
      </div>
    </div>`;
  }

  async #draw(): Promise<void> {
    const container = this.find('.map');
    if (!container) return;
    const { map, locale } = this.state;
    try {
      const drawn = await drawMap({
        container,
        origin: this.chat.origin,
        locale,
        pin: map.at,
        still: false,
        ...(map.picks && { onMove: (center, zoom) => this.#movedTo(center, zoom) }),
      });
      if (!this.isConnected) return drawn.remove();
      this.#map = drawn;
      // Where a place is picked, the pin in the middle is ours.
      if (map.picks) drawn.setPin(null);
      this.drawn = 'ready';
      if (map.at) this.#lookUpSoon(map.at);
    } catch {
      this.drawn = 'failed';
    }
  }

  #movedTo(center: Point, zoom: number): void {
    this.near = zoom >= NEAR_ZOOM;
    this.#lookUpSoon(center);
  }

  #lookUpSoon(at: Point): void {
    this.#at = at;
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
    if (!this.near) {
      this.#map?.show(this.#at);
      return;
    }
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
}
