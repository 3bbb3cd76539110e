import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption, MediaPart, Part } from '../../server/contract/message.ts';

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

const QUICK_REPLIES = { count: 13, title: 20 };

/** Choices need words above them. */
const ask: Record<Locale, string> = { es: 'Elige una opción:', en: 'Choose one:' };

/**
 * One message, for what a piece holds.
 * @param linkTo where the provider, or a person, can fetch a file
 */
export function messageContent(
  channel: keyof typeof shown,
  parts: readonly Part[],
  locale: Locale,
  linkTo: LinkTo,
): object {
  const file = parts.find((part) => part.type === 'media');
  if (file) return fileContent(channel, file, linkTo);
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const options = parts.flatMap((part) => (part.type === 'choices' ? part.options : []));
  if (options.length === 0) return { text };
  const words = text || ask[locale];
  const isWhole = options.every(({ title }) => title.length <= QUICK_REPLIES.title);
  const menu = options.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
  return {
    // Buttons cut what is long: then it stands above them, and can be answered by its number too.
    text: isWhole ? words : `${words}\n\n${menu}`,
    quick_replies: options.slice(0, QUICK_REPLIES.count).map(quickReply),
  };
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

function quickReply({ id, title }: ChoiceOption): object {
  const { title: most } = QUICK_REPLIES;
  const whole = title.length <= most;
  const head = title.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  return { content_type: 'text', title: whole ? title : `${head.trimEnd()}…`, payload: id };
}
