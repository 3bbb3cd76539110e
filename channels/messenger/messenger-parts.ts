import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { Part } from '../../server/contract/message.ts';
import type { MetaSettings } from '../../server/contract/messaging.ts';
import { isMetaFile } from '../meta/meta-files.ts';
import type { Attachment, MessengerMessage, Referral } from './messenger-payload.ts';

export interface Content {
  parts: Part[];
  toFetch: NonNullable<InboundMessage['toFetch']>;
}

/** How a file is called that comes without a name, and what it most likely is until it is here. */
const files: Record<string, { name: string; mimeType: string; look?: 'voice' } | undefined> = {
  image: { name: 'foto', mimeType: 'image/jpeg' },
  video: { name: 'video', mimeType: 'video/mp4' },
  // Both apps record it; files of music come as files.
  audio: { name: 'audio', mimeType: 'audio/mp4', look: 'voice' },
  file: { name: 'documento', mimeType: 'application/octet-stream' },
};
const shared = { name: 'publicación', mimeType: 'application/octet-stream' };

/** The thumb beside the box where people write, in its three sizes. */
const THUMB = /^369239\d{9}$/;

/** What a message says: a quick answer, or words and what hangs on them. */
export function contentOf(
  { text, attachments, quick_reply: picked, ...message }: MessengerMessage,
  settings: MetaSettings,
): Content {
  const words = text?.trim() ?? '';
  const said: Part[] = picked ? [choicePart(picked.payload, words)] : textPart(words);
  const pieces = (attachments ?? []).map((attachment) => attachmentContent(attachment, settings));
  return {
    parts: [
      ...storyPart(message.reply_to?.story?.url),
      ...referralParts(message.referral),
      ...said,
      ...pieces.flatMap(({ parts }) => parts),
    ].slice(0, limits.storedParts),
    toFetch: pieces.flatMap(({ toFetch }) => toFetch),
  };
}

function attachmentContent(attachment: Attachment, settings: MetaSettings): Content {
  const { type, payload } = attachment;
  const url = payload?.url ?? attachment.url ?? '';
  const title = payload?.title ?? attachment.title ?? '';
  if (type === 'location' && payload?.coordinates) {
    const { lat: latitude, long: longitude } = payload.coordinates;
    const label = title.slice(0, 200);
    return saying([{ type: 'location', latitude, longitude, ...(label ? { label } : {}) }]);
  }
  if (payload?.sticker_id && THUMB.test(String(payload.sticker_id))) return saying([{ type: 'text', text: '👍' }]);
  const context: Part[] = type === 'story_mention' ? [referral('Mencionó a la cuenta en su historia', '', '')] : [];
  const words = textPart(type in files ? '' : title);
  if (url && type !== 'fallback' && isMetaFile(url, settings)) {
    const { part, toFetch } = filePart(type, url, Boolean(payload?.sticker_id));
    return { parts: [...context, part, ...words], toFetch };
  }
  // A page, a reel, a place: whatever has an address can be followed.
  const link = [title, url].filter(Boolean).join('\n');
  if (link) return saying([...context, ...textPart(link)]);
  return saying([{ type: 'unsupported', kind: type.slice(0, 120) }]);
}

function filePart(type: string, url: string, isSticker: boolean) {
  const { name, mimeType, look } = { look: undefined, ...(files[type] ?? shared) };
  const attachmentId = randomUUID();
  const part: Part = {
    type: 'media',
    attachmentId,
    name: nameIn(url) ?? name,
    mimeType,
    size: 0,
    arriving: true,
    ...(isSticker ? { look: 'sticker' as const } : look ? { look } : {}),
  };
  return { part, toFetch: [{ attachmentId, source: { url } }] };
}

/** Documents keep their name in the address; photos have numbers there, which help nobody. */
function nameIn(url: string): string | null {
  const name = URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
  if (!/\.(?!jpe?g|png|gif|webp|mp4|m4a|aac|ogg)[a-z0-9]{2,5}$/i.test(name)) return null;
  try {
    return decodeURIComponent(name).slice(0, 200);
  } catch {
    return name.slice(0, 200);
  }
}

/** What somebody came from: an advertisement, or a link that the city published. */
export function referralParts(given: Referral | null | undefined): Part[] {
  if (!given) return [];
  const headline = given.ads_context_data?.ad_title ?? (given.source === 'ADS' ? 'Anuncio' : 'Enlace de la ciudad');
  return [referral(headline, given.ref ?? '', '')];
}

const storyPart = (url: string | null | undefined): Part[] =>
  url ? [referral('Respondió a una historia de la cuenta', '', url)] : [];

const referral = (headline: string, body: string, url: string): Part => ({
  type: 'referral',
  headline: headline.slice(0, 300),
  body: body.slice(0, 1_000),
  url: url.length > 2_000 ? '' : url,
});

export const choicePart = (id: string, title: string): Part => ({
  type: 'choice',
  id: id.slice(0, 120) || title.slice(0, 80) || 'ok',
  title: title.slice(0, 80) || id.slice(0, 80) || 'OK',
});

const textPart = (text: string): Part[] =>
  text.trim() ? [{ type: 'text', text: text.slice(0, limits.storedTextLength) }] : [];

const saying = (parts: Part[]): Content => ({ parts, toFetch: [] });
