import camera from 'lucide:camera';
import mapPin from 'lucide:map-pin';
import paperclip from 'lucide:paperclip';
import send from 'lucide:send-horizontal';
import close from 'lucide:x';
import { html, nothing, type TemplateResult } from 'lit';
import { limits } from '../../../../server/contract/limits.ts';
import { refusalText } from '../locales/refusal.ts';
import { openRequest } from '../state/open-request.ts';
import { ChatPart } from './chat-part.ts';
import { icon } from './icon.ts';
import { trayItem } from './tray-item.ts';

const COUNT_FROM = limits.textLength - 300;
const ACCEPTED = 'image/*,application/pdf,audio/*,video/*,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.txt,.csv';

/** Where the resident writes, and what goes out with it. */
export class LineaChatComposer extends ChatPart {
  override render(): TemplateResult {
    const { draft, tray, log, more } = this.state;
    const button = (face: TemplateResult<2>, label: string, act: () => void, kind = '') =>
      html`<button type="button" class="round ${kind}" aria-label=${label} title=${label} @click=${act}>${icon(face)}</button>`;
    return html`<form class="composer" @submit=${this.#submit}>
      ${this.#refusal()}
      ${
        tray.length > 0
          ? html`<ul class="tray" aria-label=${this.say('tray')}>${tray.map((item) => trayItem(item, this.chat))}</ul>`
          : nothing
      }
      ${more && openRequest(log)?.wants === 'place' ? html`<linea-chat-suggestions .chat=${this.chat}></linea-chat-suggestions>` : nothing}
      <label class="hidden" for="text">${this.say('compose')}</label>
      <textarea id="text" rows="1" placeholder=${this.say('compose')} .value=${draft} aria-describedby="count"
        @input=${this.#typed} @keydown=${this.#keyPressed} @paste=${this.#pasted}></textarea>
      <div class="tools">
        ${button(paperclip, this.say('attach'), () => this.find('#files')?.click())}
        ${button(camera, this.say('camera'), () => this.find('#camera')?.click(), 'camera')}
        ${button(mapPin, this.say('shareLocation'), () => this.chat.tray.addLocation())}
        <span class="count" id="count" ?data-over=${draft.length > limits.textLength}>${this.#count()}</span>
        <button type="submit" class="send" aria-disabled=${!this.#canSend()}>
          <span>${this.say('send')}</span>${icon(send, 18)}
        </button>
      </div>
      <input id="files" type="file" multiple hidden accept=${ACCEPTED} @change=${this.#picked}>
      <input id="camera" type="file" hidden accept="image/*" capture="environment" @change=${this.#picked}>
    </form>`;
  }

  override updated(): void {
    const text = this.#textarea;
    if (!text) return;
    // Grows with what is written, up to the limit set in the styles.
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  }

  override focus(): void {
    this.#textarea?.focus();
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.find('textarea');
  }

  #canSend(): boolean {
    const { draft, tray } = this.state;
    const isUploading = tray.some((item) => item.kind === 'file' && !item.attachment && !item.error);
    return (draft.trim() !== '' || tray.length > 0) && !isUploading && draft.length <= limits.textLength;
  }

  #count(): string {
    const left = limits.textLength - this.state.draft.length;
    if (this.state.draft.length < COUNT_FROM) return '';
    return left >= 0 ? this.say('left', { count: left }) : this.say('over', { count: -left });
  }

  #refusal(): TemplateResult | typeof nothing {
    const { notice, locale } = this.state;
    if (!notice) return nothing;
    const words = notice === 'location_denied' ? this.say('locationDenied') : refusalText(notice, locale);
    return html`<p class="refusal" role="alert"><span>${words}</span>
      <button type="button" class="round small" aria-label=${this.say('dismiss')}
        @click=${() => this.chat.dismissNotice()}>${icon(close, 16)}</button></p>`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.chat.sendDraft();
    this.focus();
  }

  #typed(event: InputEvent): void {
    if (event.target instanceof HTMLTextAreaElement) this.chat.edit(event.target.value);
  }

  /** On a keyboard Enter sends; on a touch screen, where it is the only way to a new line, it does not. */
  #keyPressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    if (matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    this.chat.sendDraft();
  }

  #pasted(event: ClipboardEvent): void {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    this.chat.tray.addFiles(files);
  }

  #picked(event: Event): void {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.files) return;
    this.chat.tray.addFiles(input.files);
    // So that the same file can be picked again after it was removed.
    input.value = '';
    this.focus();
  }
}
