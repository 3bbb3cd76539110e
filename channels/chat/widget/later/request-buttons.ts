import camera from 'lucide:camera';
import cameraOff from 'lucide:camera-off';
import image from 'lucide:image';
import locate from 'lucide:locate-fixed';
import mapIcon from 'lucide:map';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { icon } from '../components/icon.ts';
import { type Finding, findMe } from './find-me.ts';
import { LaterPart } from './later-part.ts';
import { placeWords } from './place-words.ts';
import { whereIs } from './places-api.ts';

/** Finer than this the phone's word is taken; coarser, the resident moves the pin. */
const PRECISE_METRES = 60;

/** What the resident can press to give the place or the photo that is asked for. */
export class LineaChatRequest extends LaterPart {
  static override properties: PropertyDeclarations = {
    wants: {},
    refusable: { type: Boolean },
    locating: { state: true },
    problem: { state: true },
  };
  declare wants: 'place' | 'photo';
  /** A quick answer beside it says no to it. */
  declare refusable: boolean;
  declare locating: boolean;
  declare problem: string | null;

  constructor() {
    super();
    this.refusable = false;
    this.locating = false;
    this.problem = null;
  }

  override render(): TemplateResult {
    return html`<div class="request" role="group" aria-label=${this.say('options')}>
      <div class="choices">${this.wants === 'place' ? this.#place() : this.#photo()}</div>
      <p class="fine" role="status">${this.problem ?? nothing}</p>
      ${this.wants === 'place' ? html`<p class="fine quiet">${this.sayMore('orWrite')}</p>` : nothing}
    </div>`;
  }

  #place(): TemplateResult {
    return html`${this.#button(locate, this.sayMore(this.locating ? 'locating' : 'useLocation'), () => this.#useLocation())}
      ${this.#button(mapIcon, this.sayMore('putOnMap'), () => this.chat.showMap(null, true))}`;
  }

  #photo(): TemplateResult {
    const pick = (selector: string) => this.find(selector)?.click();
    return html`
      <span class="camera-choice">${this.#button(camera, this.sayMore('takePhoto'), () => pick('[capture]'))}</span>
      ${this.#button(image, this.sayMore('choosePhoto'), () => pick('[multiple]'))}
      ${this.refusable ? nothing : this.#button(cameraOff, this.sayMore('noPhoto'), () => this.#sayNone())}
      <input type="file" hidden accept="image/*" capture="environment" @change=${this.#picked}>
      <input type="file" hidden accept="image/*" multiple @change=${this.#picked}>`;
  }

  #button(face: TemplateResult<2>, label: string, act: () => void): TemplateResult {
    return html`<button type="button" class="choice with-icon" @click=${act}>${icon(face, 18)} ${label}</button>`;
  }

  #sayNone(): void {
    this.chat.write([{ type: 'text', text: this.sayMore('noPhoto') }]);
  }

  async #useLocation(): Promise<void> {
    if (this.locating) return;
    this.locating = true;
    this.problem = null;
    const finding = await findMe();
    if (finding.ok) await this.#take(finding);
    else this.problem = this.sayMore(finding.problem);
    this.locating = false;
  }

  async #take({ at, metres }: Extract<Finding, { ok: true }>): Promise<void> {
    const where = await whereIs(this.chat.origin, at);
    if (where && !where.inside) {
      this.problem = this.sayMore('youAreOutside', { city: this.state.city?.name ?? '' });
    } else if (metres > PRECISE_METRES) {
      this.chat.showMap(at, true);
    } else {
      this.chat.write([{ type: 'location', ...at, label: placeWords(where, this.sayMore) }]);
    }
  }

  #picked(event: Event): void {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.files) return;
    this.chat.tray.addFiles(input.files);
    input.value = '';
    this.dispatchEvent(new CustomEvent('linea-chat-write', { bubbles: true }));
  }
}
