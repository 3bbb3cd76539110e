import mic from 'lucide:mic';
import micOff from 'lucide:mic-off';
import phone from 'lucide:phone';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../components/icon.ts';
import type { CallState } from './call-state.ts';
import type { CallWords } from './call-words.ts';

interface Doing {
  begin(microphone: 'needed' | 'without'): void;
  toChat(): void;
}

/** What is shown until the line rings: what a call is, the question for the microphone, and ways on without one. */
export function beforeCall({ phase, fault }: CallState, words: CallWords, doing: Doing): TemplateResult {
  if (phase === 'microphone') {
    return html`<div class="call-middle" role="status">
      <span class="call-face" data-rings>${icon(mic, 36)}</span>
      <h2>${words('askMicrophone')}</h2>
      <p>${words('askMicrophoneText')}</p>
    </div>`;
  }
  if (phase === 'silent' && fault) {
    return html`<div class="call-middle" role="alert">
      <span class="call-face" data-quiet>${icon(micOff, 36)}</span>
      <h2>${words(fault)}</h2>
      <p>${words(`${fault}Text`)}</p>
    </div>
    <div class="call-ways">
      <button type="button" class="primary" data-first @click=${doing.toChat}>${words('byChat')}</button>
      ${fault === 'unsupported' ? nothing : html`<button type="button" class="secondary" @click=${() => doing.begin('needed')}>${words('retry')}</button>`}
      <button type="button" class="link" @click=${() => doing.begin('without')}>${words('without')}</button>
      <p class="quiet fine">${words('withoutHint')}</p>
    </div>`;
  }
  return html`<div class="call-middle">
    <span class="call-face">${icon(phone, 36)}</span>
    <h2>${words('callTitle')}</h2>
    <p>${words('callText')}</p>
  </div>
  <div class="call-ways">
    <button type="button" class="primary call-now" data-first @click=${() => doing.begin('needed')}>${icon(phone)} ${words('callNow')}</button>
    <p class="quiet fine">${words('callNeeds')}</p>
  </div>`;
}
