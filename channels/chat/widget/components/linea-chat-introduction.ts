import shieldCheck from 'lucide:shield-check';
import { html, nothing, type TemplateResult } from 'lit';
import { limits } from '../../../../server/contract/limits.ts';
import { hasAcceptedNotice, openQuestions } from '../state/chat-state.ts';
import { ChatPart } from './chat-part.ts';
import { icon } from './icon.ts';
import { richText } from './rich-text.ts';

type Question = ReturnType<typeof openQuestions>[number];
type Field = Question['field'];

const inputs = {
  name: { type: 'text', autocomplete: 'name', maxLength: limits.nameLength },
  email: { type: 'email', autocomplete: 'email', maxLength: 254 },
  topic: { type: 'text', autocomplete: 'off', maxLength: 200 },
} as const;

/** The welcome, what is asked most, and what the city would like to know first, after its privacy notice. */
export class LineaChatIntroduction extends ChatPart {
  static override properties = { wrong: { state: true }, busy: { state: true } };
  /** What is to be corrected, by field. */
  declare wrong: Partial<Record<Field, string>>;
  declare busy: boolean;

  constructor() {
    super();
    this.wrong = {};
    this.busy = false;
  }

  override render(): TemplateResult | typeof nothing {
    const { city, locale, log } = this.state;
    if (!city) return nothing;
    const questions = openQuestions(this.state);
    const isEmpty = log.messages.length === 0 && log.pending.length === 0;
    const isRequired = questions.some(({ required }) => required);
    if (!isEmpty && !isRequired) return nothing;
    // What it is about is not personal; a name and an address are.
    const mayAsk = hasAcceptedNotice(this.state) || questions.every(({ field }) => field === 'topic');
    return html`<div class="introduction">
      ${
        isEmpty
          ? html`<h3 class="hello">${this.say('hello')}</h3><p class="quiet">${this.say('helloText')}</p>
            <p class="emergency">${richText(firstLine(city.emergency[locale]), true)}</p>`
          : nothing
      }
      ${questions.length === 0 ? nothing : mayAsk ? this.#form(questions) : this.#consent(isRequired)}
      ${isEmpty && !isRequired ? this.#frequent() : nothing}
      ${isEmpty && questions.length === 0 ? this.#privacyLine() : nothing}
    </div>`;
  }

  #consent(isRequired: boolean): TemplateResult {
    const { city, locale } = this.state;
    return html`<div class="card" role="group" aria-labelledby="before">
      <h3 id="before">${icon(shieldCheck, 18)} ${this.say('beforeWeStart')}</h3>
      <p>${city?.privacyNotice.short[locale]}
        <button type="button" class="link inline" @click=${() => this.chat.show('privacy')}>${this.say('privacyFull')}</button></p>
      <div class="card-actions">
        <button type="button" class="primary" aria-disabled=${this.busy} @click=${this.#accept}>${this.say('accept')}</button>
        ${this.#skip(isRequired)}
      </div>
    </div>`;
  }

  #form(questions: Question[]): TemplateResult {
    const isRequired = questions.some(({ required }) => required);
    return html`<form class="card" novalidate @submit=${this.#submit}>
      ${questions.map((question) => this.#field(question))}
      <div class="card-actions">
        <button type="submit" class="primary" aria-disabled=${this.busy}>${this.say('continue')}</button>
        ${this.#skip(isRequired)}
      </div>
    </form>`;
  }

  /** Danger must never wait for a form: even a required one has a way past it. */
  #skip(isRequired: boolean): TemplateResult {
    return html`<button type="button" class="link" @click=${() => this.chat.skipIntroduction()}>
      ${this.say(isRequired ? 'urgent' : 'notNow')}</button>`;
  }

  #field({ field, required }: Question): TemplateResult {
    const { type, autocomplete, maxLength } = inputs[field];
    const wrong = this.wrong[field];
    return html`<div class="field">
      <label for=${field}>${this.say(field)} ${required ? nothing : html`<small>(${this.say('optional')})</small>`}</label>
      <input id=${field} name=${field} type=${type} autocomplete=${autocomplete} maxlength=${maxLength}
        ?required=${required} aria-invalid=${wrong !== undefined} aria-describedby="${field}-wrong">
      <p class="wrong" id="${field}-wrong" role="alert">${wrong ?? nothing}</p>
    </div>`;
  }

  #frequent(): TemplateResult | typeof nothing {
    const { city, locale } = this.state;
    if (!city || city.frequent.length === 0) return nothing;
    return html`<div role="group" aria-labelledby="frequent">
      <h4 class="quiet" id="frequent">${this.say('frequent')}</h4>
      <div class="choices">
        ${city.frequent.map(
          ({ id, title }) => html`<button type="button" class="choice"
            @click=${() => this.chat.choose({ id, title: title[locale] })}>${title[locale]}</button>`,
        )}
      </div>
    </div>`;
  }

  #privacyLine(): TemplateResult {
    const { city, locale } = this.state;
    return html`<p class="quiet fine">${city?.privacyNotice.short[locale]}
      <button type="button" class="link inline" @click=${() => this.chat.show('privacy')}>${this.say('privacyFull')}</button></p>`;
  }

  async #accept(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const isAccepted = await this.chat.acceptNotice();
    this.busy = false;
    await this.updateComplete;
    if (isAccepted) this.find('input')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const questions = openQuestions(this.state);
    this.wrong = Object.fromEntries(questions.flatMap((question) => this.#fault(question)));
    const [first] = Object.keys(this.wrong);
    if (first) {
      await this.updateComplete;
      return this.find(`#${first}`)?.focus();
    }
    const answers = questions.flatMap(({ field }) => (this.#value(field) ? [[field, this.#value(field)]] : []));
    if (answers.length === 0) return this.chat.skipIntroduction();
    this.busy = true;
    await this.chat.introduce(Object.fromEntries(answers));
    this.busy = false;
  }

  #fault({ field, required }: Question): [Field, string][] {
    const input = this.find<HTMLInputElement>(`#${field}`);
    if (required && this.#value(field) === '') return [[field, this.say('fieldRequired')]];
    return input?.validity.typeMismatch ? [[field, this.say('emailWrong')]] : [];
  }

  #value(field: Field): string {
    return this.find<HTMLInputElement>(`#${field}`)?.value.trim() ?? '';
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
