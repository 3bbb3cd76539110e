import download from 'lucide:download';
import fileText from 'lucide:file-text';
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
  if (part.type === 'location') {
    if (!chat.state.more) return plain(part.label, chat);
    return html`<linea-chat-place .chat=${chat} .place=${part}></linea-chat-place>`;
  }
  if (part.type === 'folio') {
    if (!chat.state.more) return plain(part.folio, chat);
    return html`<linea-chat-folio .chat=${chat} .card=${part} .news=${isNews(row)}></linea-chat-folio>`;
  }
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

/** What stands in for a place or a case until the rest of the widget has come. */
function plain(text: string | undefined, chat: Chat): TemplateResult {
  return html`<p class="text">${text ?? sayIn(chat.state.locale)('location')}</p>`;
}

/** What the city tells without being asked. */
function isNews({ author }: MessageRow): boolean {
  return author.type === 'department' || author.type === 'system';
}
