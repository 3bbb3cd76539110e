import arrowLeft from 'lucide:arrow-left';
import bot from 'lucide:bot';
import doorOpen from 'lucide:door-open';
import grip from 'lucide:grip';
import hourglass from 'lucide:hourglass';
import mic from 'lucide:mic';
import micOff from 'lucide:mic-off';
import phoneOff from 'lucide:phone-off';
import send from 'lucide:send';
import user from 'lucide:user';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ChatPart } from '../../components/chat-part.ts';
import { icon } from '../../components/icon.ts';
import { beforeCall } from './before-call.ts';
import { type CallControl, createCallControl } from './call-control.ts';
import type { CallPhase, CallState } from './call-state.ts';
import { type CallWords, callWords } from './call-words.ts';
import { isKey, keypad } from './keypad.ts';

const LOOK_MS = 100;
/** A voice is a tenth of what a meter could show. */
const LOUD = 6;

/** The screen of a call: who is there, what is said, and all that can be done, with or without sound. */
export class LineaChatCalling extends ChatPart {
  static override properties: PropertyDeclarations = { keys: { state: true }, now: { state: true } };
  /** Whether the keypad is shown by choice; null: when keys are asked for. */
  declare keys: boolean | null;
  declare now: number;
  #call: CallControl | null = null;
  #stop = () => {};
  #shown: CallPhase | null = null;

  constructor() {
    super();
    this.keys = null;
    this.now = Date.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const call = createCallControl(this.chat);
    this.#call = call;
    const unsubscribe = call.subscribe(() => this.requestUpdate());
    const clock = setInterval(() => {
      if (call.state.beganAt && !call.state.endedAt) this.now = Date.now();
    }, 1_000);
    const meter = setInterval(() => this.#measure(), LOOK_MS);
    this.#stop = () => {
      unsubscribe();
      clearInterval(clock);
      clearInterval(meter);
      call.close();
    };
    // The page was reloaded within the call.
    if (call.goesOn) void call.begin('needed');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override updated(): void {
    const log = this.find('.call-said');
    if (log && log.dataset.count !== String(this.#state.captions.length)) {
      log.dataset.count = String(this.#state.captions.length);
      log.scrollTop = log.scrollHeight;
    }
    // What had the focus is gone with the screen before.
    const { phase } = this.#state;
    if (phase === this.#shown) return;
    this.#shown = phase;
    // What had the focus went with the screen before; somebody elsewhere on the page stays there.
    if (document.activeElement === document.body || this.#hasFocus()) this.find('[data-first]')?.focus();
  }

  override render(): TemplateResult {
    const { phase } = this.#state;
    const isCalled = phase !== 'before' && phase !== 'microphone' && phase !== 'silent';
    return html`<div class="sheet call" role="dialog" aria-label=${this.#words('call')} @keydown=${this.#keyPressed}>
      <div class="call-bar">
        ${
          !isCalled || phase === 'ended'
            ? html`<button type="button" class="round" aria-label=${this.#words('back')} @click=${this.#toChat}>${icon(arrowLeft)}</button>`
            : html`<span class="call-line">${this.state.city?.chat.title[this.state.locale] ?? ''}</span>`
        }
        <button type="button" class="call-leave" @click=${this.#leave}>${icon(doorOpen, 16)} ${this.#words('leave')}</button>
      </div>
      ${isCalled ? this.#inCall(this.#state) : beforeCall(this.#state, this.#words, { begin: (need) => void this.#call?.begin(need), toChat: this.#toChat })}
    </div>`;
  }

  get #state(): CallState {
    return (this.#call as CallControl).state;
  }

  get #words(): CallWords {
    return callWords(this.state.locale);
  }

  #inCall(state: CallState): TemplateResult {
    const { phase, captions, soFar, blocked, offline } = state;
    const words = this.#words;
    return html`
      <div class="call-who" data-phase=${phase}>
        <span class="call-face" ?data-rings=${phase === 'connecting' || phase === 'queue'} ?data-quiet=${phase === 'ended'}>${this.#face(state)}</span>
        <div>
          <div role="status"><h2>${this.#title(state)}</h2></div>
          <p class="quiet">${this.#time(state)}</p>
        </div>
      </div>
      ${offline ? html`<p class="banner" role="status">${words('offline')}</p>` : nothing}
      ${blocked ? html`<button type="button" class="call-wake" @click=${() => this.#call?.wake()}>${words('blocked')}</button>` : nothing}
      <div class="call-said" data-first role="log" aria-label=${words('said')} tabindex="0">
        ${captions.map(({ by, text }) => html`<p data-by=${by}><span class="hidden">${words(by)}: </span>${text}</p>`)}
        ${soFar ? html`<p data-by="you" class="so-far" aria-hidden="true">${soFar}</p>` : nothing}
      </div>
      ${phase === 'ended' ? this.#afterwards() : this.#controls(state)}`;
  }

  #face({ phase, others }: CallState): TemplateResult {
    if (phase === 'room') {
      const [first] = others;
      return first?.name ? html`${first.name.charAt(0)}` : icon(user, 30);
    }
    if (phase === 'queue') return icon(hourglass, 28);
    if (phase === 'record') return icon(mic, 28);
    if (phase === 'ended') return icon(phoneOff, 28);
    return icon(bot, 30);
  }

  #title({ phase, others, held, listening }: CallState): string {
    const words = this.#words;
    if (phase === 'bot') return words(listening ? 'listening' : 'bot');
    if (phase !== 'room')
      return words(
        phase === 'record' ? 'record' : phase === 'queue' ? 'queue' : phase === 'ended' ? 'ended' : 'connecting',
      );
    if (held) return words('held');
    if (others.length === 0) return words('coming');
    const names = others.flatMap(({ name }) => name ?? []);
    if (names.length === 0) return words('withSomebody');
    if (names.length === 1) return words('withPerson', { name: names[0] ?? '' });
    return words('withSome', { names: new Intl.ListFormat(this.state.locale).format(names) });
  }

  #time({ beganAt, endedAt }: CallState): string {
    if (!beganAt) return '';
    const seconds = Math.max(0, Math.round(((endedAt ?? this.now) - beganAt) / 1_000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    return endedAt ? this.#words('endedAfter', { time }) : time;
  }

  #controls({ phase, asked, digits, muted }: CallState): TemplateResult {
    const words = this.#words;
    const withKeys = this.keys ?? asked?.keys ?? false;
    return html`<div class="call-answer">
      ${
        asked?.speech
          ? html`<form class="call-field" @submit=${this.#write}>
              <input name="words" maxlength="600" autocomplete="off" enterkeyhint="send" aria-label=${words('type')}
                placeholder=${words('type')} @input=${() => this.#call?.writing()}>
              <button type="submit" class="round" aria-label=${words('send')}>${icon(send)}</button>
            </form>`
          : nothing
      }
      ${digits ? html`<p class="call-digits" aria-live="polite">${digits}</p>` : nothing}
      ${phase === 'record' ? html`<button type="button" class="primary" @click=${() => this.#call?.press('#')}>${words('recordEnd')}</button>` : nothing}
      ${withKeys ? keypad(words, (key) => this.#call?.press(key)) : nothing}
      <div class="call-buttons">
        ${this.#button(muted ? micOff : mic, words(muted ? 'unmute' : 'mute'), muted, () => void this.#call?.mute(!muted), 'call-own')}
        ${this.#button(grip, words(withKeys ? 'keypadHide' : 'keypad'), withKeys, () => {
          this.keys = !withKeys;
        })}
        <button type="button" class="call-end" @click=${() => this.#call?.hangUp()}>
          <span>${icon(phoneOff, 24)}</span>${words('hangUp')}</button>
      </div>
    </div>`;
  }

  #button(face: TemplateResult<2>, label: string, on: boolean, act: () => void, kind = ''): TemplateResult {
    return html`<button type="button" class=${kind} ?data-on=${on} @click=${act}><span>${icon(face, 22)}</span>${label}</button>`;
  }

  #afterwards(): TemplateResult {
    return html`<div class="call-ways">
      <button type="button" class="primary" data-first @click=${this.#toChat}>${this.#words('toChat')}</button>
      <button type="button" class="secondary" @click=${() => void this.#call?.begin('needed')}>${this.#words('callAgain')}</button>
    </div>`;
  }

  /** Straight into the styles: ten times a second is no reason to draw everything. */
  #measure(): void {
    if (this.#call?.state.phase !== 'room') return;
    const { own, others } = this.#call.levels();
    this.find('.call-own')?.style.setProperty('--level', String(Math.min(1, own * LOUD)));
    this.find('.call-who .call-face')?.style.setProperty('--level', String(Math.min(1, others * LOUD)));
  }

  /** In this panel, but not in this screen any more. */
  #hasFocus(): boolean {
    const { activeElement, host } = this.getRootNode() as ShadowRoot;
    return document.activeElement === host && !this.contains(activeElement);
  }

  #write(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.find<HTMLInputElement>('.call-field input');
    const text = field?.value.trim();
    if (!field || !text) return;
    field.value = '';
    this.#call?.write(text);
  }

  readonly #toChat = (): void => this.chat.show(null);

  readonly #leave = (): void => {
    this.#call?.hangUp();
    this.chat.leave();
  };

  #keyPressed(event: KeyboardEvent): void {
    const { phase } = this.#state;
    if (event.key === 'Escape') {
      // A call is not hung up by accident.
      event.stopPropagation();
      if (phase === 'before' || phase === 'silent' || phase === 'ended') this.#toChat();
    } else if (isKey(event.key) && !(event.composedPath()[0] instanceof HTMLInputElement)) {
      this.#call?.press(event.key);
    }
  }
}
