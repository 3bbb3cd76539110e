import fileText from 'lucide:file-text';
import mapPin from 'lucide:map-pin';
import rotate from 'lucide:rotate-cw';
import close from 'lucide:x';
import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode } from '../../../../server/contract/error-catalogue.ts';
import { refusalText } from '../locales/refusal.ts';
import { sayIn } from '../locales/say.ts';
import { fileSize } from '../locales/times.ts';
import type { Chat } from '../state/chat.ts';
import type { TrayItem } from '../state/chat-state.ts';
import { icon } from './icon.ts';

/** Refusals that another try may overcome; a wrong kind of file stays wrong. */
const passing: ErrorCode[] = ['unavailable', 'internal', 'rate_limited'];

/** A file on its way up, or a place, that goes out with the next message. */
export function trayItem(item: TrayItem, chat: Chat): TemplateResult {
  const say = sayIn(chat.state.locale);
  const name = item.kind === 'file' ? item.name : say('myLocation');
  const error = item.kind === 'file' ? item.error : null;
  return html`<li class="tray-item" ?data-refused=${error !== null}>
    ${face(item)}
    <span class="file-name">${name}<small>${details(item, chat)}</small></span>
    ${
      error && passing.includes(error.code)
        ? html`<button type="button" class="round small" aria-label=${say('retryFile', { name })}
            @click=${() => chat.tray.retry(item.id)}>${icon(rotate, 16)}</button>`
        : nothing
    }
    <button type="button" class="round small" aria-label=${say('remove', { name })}
      @click=${() => chat.tray.remove(item.id)}>${icon(close, 16)}</button>
  </li>`;
}

function face(item: TrayItem): TemplateResult {
  if (item.kind === 'location') return icon(mapPin, 22);
  return item.preview ? html`<img src=${item.preview} alt="">` : icon(fileText, 22);
}

function details(item: TrayItem, chat: Chat): TemplateResult | string {
  const { locale } = chat.state;
  if (item.kind === 'location') return `${item.latitude.toFixed(5)}, ${item.longitude.toFixed(5)}`;
  if (item.error) return html`<span role="alert">${refusalText(item.error, locale)}</span>`;
  if (item.attachment) return fileSize(item.size, locale);
  const percent = Math.round(item.progress * 100);
  const words = sayIn(locale)('uploading', { name: item.name, percent });
  return html`<progress max="100" .value=${percent} aria-label=${words}></progress>`;
}
