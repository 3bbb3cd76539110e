import arrowRight from 'lucide:arrow-right';
import check from 'lucide:check';
import copy from 'lucide:copy';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { isCaseOpen } from '../../../../server/contract/case-status.ts';
import type { FolioPart } from '../../../../server/contract/message.ts';
import { icon } from '../components/icon.ts';
import { daysLeftWords, daysUntil, dayWords, statusWords } from '../locales/case-words.ts';
import { copyText } from './copy-text.ts';
import { LaterPart } from './later-part.ts';
import { statusIcon } from './status-icon.ts';

const SAID_FOR_MS = 2_500;

/** A case as it stands: its number to copy, where it is, by when, and the way to follow it. */
export class LineaChatFolio extends LaterPart {
  static override properties: PropertyDeclarations = {
    card: { attribute: false },
    news: { type: Boolean },
    copied: { state: true },
  };
  declare card: FolioPart;
  /** The city tells of a change; otherwise it answers, or it has just been opened. */
  declare news: boolean;
  /** What was copied last, while that is said; `failed` when the browser refused. */
  declare copied: string | null;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.copied = null;
    this.news = false;
  }

  override render(): TemplateResult {
    const { folio, title, status, secret, link } = this.card;
    const { locale } = this.state;
    const say = this.sayMore;
    return html`<div class="folio" role="group" aria-label="${say('folio')} ${folio}">
      <p class="folio-title">${title}</p>
      ${this.#copyable(folio, 'folio-number', say('copyFolio', { folio }))}
      <p class="folio-status" data-status=${status}>
        ${icon(statusIcon(status), 18)}
        <span>${this.news ? html`<small>${say('changed')}</small>` : nothing}<strong>${statusWords(status, locale)}</strong></span>
      </p>
      ${isCaseOpen(status) ? this.#promise() : nothing}
      ${
        secret
          ? html`<div class="folio-secret"><span>${say('secret')}</span>
              ${this.#copyable(secret, 'folio-key', say('copySecret', { secret }))}</div>
            <p class="fine quiet">${say('secretHint')}</p>`
          : nothing
      }
      <p class="fine" role="status">${this.copied === 'failed' ? say('notCopied') : html`<span class="hidden">${this.copied ? say('copied') : ''}</span>`}</p>
      ${
        link
          ? html`<a class="secondary" href=${link} target="_blank" rel="noopener">${say('seeFolio')} ${icon(arrowRight, 16)}</a>`
          : nothing
      }
    </div>`;
  }

  #promise(): TemplateResult {
    const { locale, city } = this.state;
    const { promisedFor } = this.card;
    const days = daysUntil(promisedFor, city?.timeZone ?? 'UTC');
    return html`<p class="folio-promise" ?data-late=${days < 0}>
      ${this.sayMore('promise', { day: dayWords(promisedFor, locale) })}
      <span>${daysLeftWords(days, locale)}</span>
    </p>`;
  }

  /** The text itself is the button: the whole of it can be pressed, and it can still be selected by hand. */
  #copyable(text: string, kind: string, label: string): TemplateResult {
    const isCopied = this.copied === text;
    return html`<button type="button" class="copyable ${kind}" aria-label=${label} @click=${() => this.#copy(text)}>
      <span>${text}</span>
      <small>${icon(isCopied ? check : copy, 15)} ${this.sayMore(isCopied ? 'copied' : 'copy')}</small>
    </button>`;
  }

  async #copy(text: string): Promise<void> {
    clearTimeout(this.#quiet);
    this.copied = (await copyText(text)) ? text : 'failed';
    this.#quiet = setTimeout(() => {
      this.copied = null;
    }, SAID_FOR_MS);
  }
}
