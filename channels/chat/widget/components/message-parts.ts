import download from 'lucide:download';
import fileText from 'lucide:file-text';
import mapPin from 'lucide:map-pin';
import { html, nothing, type TemplateResult } from 'lit';
import type { Part } from '../../../../server/contract/message.ts';
import { sayIn } from '../locales/say.ts';
import { fileSize } from '../locales/times.ts';
import type { Chat } from '../state/chat.ts';
import { isPicture } from '../state/is-picture.ts';
import type { MessageRow } from './conversation-rows.ts';
import { icon } from './icon.ts';
import { richText } from './rich-text.ts';

type PartOf<Type extends Part['type']> = Extract<Part, { type: Type }>;

/** What stands inside a message's bubble. Quick answers and notices have places of their own. */
export function messagePart(part: Part, row: MessageRow, chat: Chat): TemplateResult | typeof nothing {
  if (part.type === 'text') return html`<p class="text">${richText(part.text, !row.isMine)}</p>`;
  if (part.type === 'choice') return html`<p class="text">${part.title}</p>`;
  if (part.type === 'media') return media(part, chat);
  if (part.type === 'location') return place(part, chat);
  if (part.type === 'unsupported') {
    return html`<p class="text quiet">${sayIn(chat.state.locale)('unsupported', { kind: part.kind })}</p>`;
  }
  return nothing;
}

function media({ attachmentId, name, mimeType, size }: PartOf<'media'>, chat: Chat): TemplateResult {
  const { locale } = chat.state;
  const say = sayIn(locale);
  const url = chat.fileUrl(attachmentId);
  const label = say('download', { name, size: fileSize(size, locale) });
  if (isPicture(mimeType)) {
    return html`<a class="photo" href=${url} target="_blank" rel="noopener">
      <img src=${url} alt=${say('photo', { name })} loading="lazy" referrerpolicy="no-referrer">
    </a>`;
  }
  return html`<a class="file" href=${url} download=${name} aria-label=${label}>
    ${icon(fileText, 22)}
    <span class="file-name">${name}<small>${fileSize(size, locale)}</small></span>
    ${icon(download, 18)}
  </a>`;
}

function place({ latitude, longitude, label }: PartOf<'location'>, chat: Chat): TemplateResult {
  const say = sayIn(chat.state.locale);
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return html`<a class="place" href=${map} target="_blank" rel="noopener noreferrer">
    <span class="place-pin">${icon(mapPin, 22)}</span>
    <span class="file-name">${label ?? say('location')}<small>${point} · ${say('openMap')}</small></span>
  </a>`;
}
