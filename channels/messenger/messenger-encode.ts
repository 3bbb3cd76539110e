import type { MediaPart, Part } from '../../server/contract/message.ts';

const MB = 1024 * 1024;

/** What each app shows as such, and up to which size; everything else is linked to. */
const shown: Record<'messenger' | 'instagram', readonly { kind: string; types: RegExp; bytes: number }[]> = {
  // https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/attachments
  messenger: [
    { kind: 'image', types: /^image\/(?:jpeg|png|gif)$/, bytes: 8 * MB },
    { kind: 'audio', types: /^audio\/(?:mpeg|mp4|aac|wav|ogg)$/, bytes: 25 * MB },
    { kind: 'video', types: /^video\/(?:mp4|quicktime|webm)$/, bytes: 25 * MB },
    { kind: 'file', types: /./, bytes: 25 * MB },
  ],
  // https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload
  instagram: [
    { kind: 'image', types: /^image\/(?:jpeg|png|gif)$/, bytes: 8 * MB },
    { kind: 'audio', types: /^audio\/(?:aac|mp4|wav)$/, bytes: 25 * MB },
    { kind: 'video', types: /^video\/(?:mp4|ogg|quicktime|webm)$/, bytes: 25 * MB },
    { kind: 'file', types: /^application\/pdf$/, bytes: 25 * MB },
  ],
};

type LinkTo = (attachmentId: string, reader: 'provider' | 'person') => string;

/** @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/quick-replies */
const QUICK_REPLY_TITLE = 20;

/**
 * Titles that are too long to be touched whole stand above as well, a line each: the text leaves room for twelve of
 * them within what the app takes.
 */
export const choiceLimits = {
  messenger: { most: 12, titleLength: 80, textLength: 900 },
  instagram: { most: 12, titleLength: 40, textLength: 230 },
};

/**
 * One message, for what a piece holds.
 * @param linkTo where the provider, or a person, can fetch a file
 */
export function messageContent(channel: keyof typeof shown, parts: readonly Part[], linkTo: LinkTo): object {
  const file = parts.find((part) => part.type === 'media');
  if (file) return fileContent(channel, file, linkTo);
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const options = parts.flatMap((part) => (part.type === 'choices' ? part.options : []));
  if (options.length === 0) return { text };
  const replies = options.map(({ id, title }) => ({ content_type: 'text', title: cut(title), payload: id }));
  const isWhole = options.every(({ title }) => title.length <= QUICK_REPLY_TITLE);
  const lines = options.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
  return { text: isWhole ? text : `${text}\n\n${lines}`, quick_replies: replies };
}

function cut(title: string): string {
  if (title.length <= QUICK_REPLY_TITLE) return title;
  const head = title.slice(0, QUICK_REPLY_TITLE - 1).replace(/[\ud800-\udbff]$/, '');
  return `${head.trimEnd()}…`;
}

function fileContent(
  channel: keyof typeof shown,
  { attachmentId, name, mimeType, size }: MediaPart,
  linkTo: LinkTo,
): object {
  const kind = shown[channel].find(({ types, bytes }) => types.test(mimeType) && size <= bytes)?.kind;
  if (!kind) return { text: `${name}\n${linkTo(attachmentId, 'person')}` };
  return { attachment: { type: kind, payload: { url: linkTo(attachmentId, 'provider') } } };
}
