import mapPin from 'lucide:map-pin';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Part } from '../../../../server/contract/message.ts';
import { icon } from '../components/icon.ts';
import { LaterPart } from './later-part.ts';
import { isMapLoaded } from './load-map.ts';
import { mapPicture } from './map-picture.ts';
import { pin } from './pin.ts';

/** A place somebody sent: what it is called, a small picture of it once the map is there, and the way to see it large. */
export class LineaChatPlace extends LaterPart {
  static override properties: PropertyDeclarations = { place: { attribute: false }, picture: { state: true } };
  declare place: Extract<Part, { type: 'location' }>;
  declare picture: string | null;
  #isAsked = false;

  constructor() {
    super();
    this.picture = null;
  }

  override render(): TemplateResult {
    const { latitude, longitude, label } = this.place;
    const say = this.sayMore;
    const name = label ?? say('location');
    return html`<button type="button" class="place" @click=${() => this.chat.showMap({ latitude, longitude }, false)}>
      ${
        this.picture
          ? html`<span class="place-picture"><img src=${this.picture} alt="">${pin(34)}</span>`
          : html`<span class="place-pin">${icon(mapPin, 22)}</span>`
      }
      <span class="file-name">${name}<small>${label ? nothing : `${latitude.toFixed(5)}, ${longitude.toFixed(5)} · `}${say('seeMap')}</small></span>
    </button>`;
  }

  /** Only where the library has come already: no picture is worth its weight by itself. */
  override updated(): void {
    if (this.#isAsked || !isMapLoaded()) return;
    this.#isAsked = true;
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const { latitude, longitude } = this.place;
    this.picture = await mapPicture(this.chat.origin, this.state.locale, { latitude, longitude });
  }
}
