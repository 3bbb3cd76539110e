import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { Part } from '../../server/contract/message.ts';
import {
  buttonContentSchema,
  cardsContentSchema,
  interactiveContentSchema,
  locationContentSchema,
  type MetaMessage,
  type MetaReferral,
  mediaContentSchema,
  textContentSchema,
} from './meta-payload.ts';

/** What a message says, and the files of it that are still at Meta. */
export interface Content {
  parts: Part[];
  toFetch: NonNullable<InboundMessage['toFetch']>;
}

/** How a file is called that comes without a name. */
const nameOf = { image: 'foto', audio: 'audio', video: 'video', document: 'documento', sticker: 'sticker' } as const;

/** By type. Each throws where what it reads is not what it knows. */
const readers: Record<string, ((content: unknown) => Content) | undefined> = {
  text: (content) => saying(textPart(textContentSchema.parse(content).body)),
  image: (content) => file('image', content),
  audio: (content) => file('audio', content),
  video: (content) => file('video', content),
  document: (content) => file('document', content),
  sticker: (content) => file('sticker', content),
  location: (content) => {
    const { latitude, longitude, name, address } = locationContentSchema.parse(content);
    const label = [...new Set([name, address])].filter(Boolean).join(', ').slice(0, 200);
    return saying([{ type: 'location', latitude, longitude, ...(label ? { label } : {}) }]);
  },
  contacts: (content) =>
    saying(
      cardsContentSchema.parse(content).map(({ name, phones, emails }) => ({
        type: 'contact',
        name: (name?.formatted_name ?? name?.first_name ?? '').slice(0, 200),
        phones: (phones ?? []).flatMap(({ phone, wa_id: id }) => (phone ?? id ?? '').slice(0, 40) || []).slice(0, 20),
        emails: (emails ?? []).flatMap(({ email }) => (email ?? '').slice(0, 320) || []).slice(0, 20),
      })),
    ),
  // The quick answer under a template.
  button: (content) => {
    const { text, payload } = buttonContentSchema.parse(content);
    return saying([choice(payload || text, text)]);
  },
  interactive: (content) => {
    const reply = interactiveContentSchema.parse(content);
    if (reply.type === 'button_reply') return saying([choice(reply.button_reply.id, reply.button_reply.title)]);
    // A row's title is cut where it is too long, and stands whole below it: see meta-choices.ts.
    const { id, title, description } = reply.list_reply;
    return saying([choice(id, description || title)]);
  },
};

/** @returns null for what this version cannot read */
export function contentOf(message: MetaMessage): Content | null {
  const reader = readers[message.type];
  if (!reader) return null;
  try {
    const content = reader(message[message.type]);
    return content.parts.length > 0 ? content : null;
  } catch {
    return null;
  }
}

/** The advertisement or post that led here. */
export function referralParts(referral: MetaReferral | null | undefined): Part[] {
  if (!referral) return [];
  const { headline, body, source_url: url } = referral;
  const part = {
    type: 'referral' as const,
    headline: (headline ?? '').slice(0, 300),
    body: (body ?? '').slice(0, 1_000),
    url: (url ?? '').slice(0, 2_000),
  };
  return part.headline || part.body || part.url ? [part] : [];
}

function file(kind: keyof typeof nameOf, content: unknown): Content {
  const { id, mime_type, sha256, caption, filename, voice } = mediaContentSchema.parse(content);
  const mimeType = mime_type.split(';', 1)[0]?.trim().slice(0, 120) ?? '';
  const attachmentId = randomUUID();
  const look = voice ? 'voice' : kind === 'sticker' ? 'sticker' : undefined;
  return {
    parts: [
      {
        type: 'media',
        attachmentId,
        name: filename?.slice(0, 200) || `${nameOf[kind]}${extensionOf(mimeType)}`,
        mimeType,
        size: 0,
        arriving: true,
        ...(look ? { look } : {}),
      },
      ...textPart(caption ?? ''),
    ],
    toFetch: [{ attachmentId, source: { id, ...(sha256 ? { sha256 } : {}) } }],
  };
}

const extensions: Record<string, string | undefined> = { jpeg: 'jpg', mpeg: 'mp3', '3gpp': '3gp', plain: 'txt' };

/** `image/jpeg` → `.jpg`; nothing for subtypes that are no extension. */
function extensionOf(mimeType: string): string {
  const subtype = mimeType.split('/')[1] ?? '';
  const extension = extensions[subtype] ?? subtype;
  return /^[a-z0-9]{2,4}$/.test(extension) ? `.${extension}` : '';
}

const saying = (parts: Part[]): Content => ({ parts, toFetch: [] });

function textPart(text: string): Part[] {
  return text.trim() ? [{ type: 'text', text: text.slice(0, limits.storedTextLength) }] : [];
}

const choice = (id: string, title: string): Part => ({
  type: 'choice',
  id: id.slice(0, 120) || title.slice(0, 80),
  title: title.slice(0, 80) || id.slice(0, 80),
});
