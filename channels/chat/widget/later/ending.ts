import download from 'lucide:download';
import star from 'lucide:star';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon.ts';
import { LaterPart } from './later-part.ts';

const scores = [1, 2, 3, 4, 5];

/** After the end: how it was, the transcript, and the way back in. */
export class LineaChatEnding extends LaterPart {
  static override properties = { score: { state: true }, busy: { state: true }, ratedTicket: { state: true } };
  declare score: number;
  declare busy: boolean;
  declare ratedTicket: string | null;

  constructor() {
    super();
    this.score = 0;
    this.busy = false;
    this.ratedTicket = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { ticket, log } = this.state;
    if (ticket?.state !== 'closed' || log.pending.length > 0) return nothing;
    return html`<div class="card ending" role="group" aria-labelledby="ended">
      <h3 id="ended">${this.sayMore('ended')}</h3>
      ${ticket.ratable ? this.#rating() : nothing}
      <div role="status">${this.ratedTicket === ticket.id ? html`<p>${this.sayMore('rated')}</p>` : nothing}</div>
      <div class="card-actions">
        <button type="button" class=${ticket.ratable ? 'secondary' : 'primary'} @click=${this.#again}>${this.sayMore('again')}</button>
        <a class="secondary" href=${this.chat.transcriptUrl()} download>${icon(download, 16)} ${this.sayMore('keep')}</a>
      </div>
    </div>`;
  }

  #rating(): TemplateResult {
    return html`<form @submit=${this.#submit}>
      <fieldset class="rating">
        <legend>${this.sayMore('rateQuestion')}</legend>
        <div class="stars">
          ${scores.map(
            (score) => html`<label title=${this.sayMore('rateScore', { score })}>
              <input type="radio" name="score" value=${score} .checked=${this.score === score}
                @change=${() => {
                  this.score = score;
                }}>
              <span class="hidden">${this.sayMore('rateScore', { score })}</span>
              <span class="star" ?data-lit=${score <= this.score}>${icon(star, 30)}</span>
            </label>`,
          )}
        </div>
        <p class="quiet fine scale" aria-hidden="true"><span>${this.sayMore('rateLow')}</span><span>${this.sayMore('rateHigh')}</span></p>
      </fieldset>
      ${
        this.score > 0
          ? html`<label class="field" for="comment">${this.sayMore('rateComment')} <small>(${this.say('optional')})</small></label>
            <textarea id="comment" rows="2" maxlength="1000"></textarea>
            <button type="submit" class="primary" aria-disabled=${this.busy}>${this.sayMore('rateSend')}</button>`
          : nothing
      }
    </form>`;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { ticket } = this.state;
    if (this.busy || !ticket) return;
    this.busy = true;
    const comment = this.find<HTMLTextAreaElement>('#comment')?.value ?? '';
    if (await this.chat.rate(this.score, comment)) this.ratedTicket = ticket.id;
    this.busy = false;
  }

  #again(): void {
    this.dispatchEvent(new CustomEvent('linea-chat-write', { bubbles: true }));
  }
}
