import { z } from 'zod';
import type { SendResult } from '../../server/contract/channel.ts';
import type { MediaPart } from '../../server/contract/message.ts';
import type { MessagingHost } from '../../server/contract/messaging.ts';
import type { GraphClient } from '../meta/graph-client.ts';
import type { MetaAccount } from '../meta/meta-account.ts';
import { refusalOf } from '../meta/meta-errors.ts';

type Kind = 'image' | 'audio' | 'video' | 'document';

const MB = 1024 * 1024;

/**
 * What WhatsApp shows as such, and up to which size.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
const shown: readonly { kind: Kind; types: RegExp; bytes: number }[] = [
  { kind: 'image', types: /^image\/(?:jpeg|png)$/, bytes: 5 * MB },
  { kind: 'audio', types: /^audio\/(?:aac|amr|mpeg|mp4|ogg)$/, bytes: 16 * MB },
  { kind: 'video', types: /^video\/(?:mp4|3gpp)$/, bytes: 16 * MB },
  {
    kind: 'document',
    types:
      /^(?:text\/plain|application\/(?:pdf|msword|vnd\.ms-(?:excel|powerpoint)|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)))$/,
    bytes: 100 * MB,
  },
];

/** How WhatsApp carries a file; null where it can only be linked to. */
export function kindOf({ mimeType, size }: Pick<MediaPart, 'mimeType' | 'size'>): Kind | null {
  return shown.find(({ types, bytes }) => types.test(mimeType) && size <= bytes)?.kind ?? null;
}

const uploadedSchema = z.object({ id: z.union([z.string(), z.number()]).transform(String) });

/** @returns Meta's id of the file, or why it was refused. @throws what is worth a retry */
export async function upload(
  graph: GraphClient,
  host: MessagingHost,
  { settings }: MetaAccount,
  { attachmentId, name, mimeType }: MediaPart,
): Promise<{ id: string } | { refused: SendResult }> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', mimeType);
  const bytes = await host.readFile(attachmentId);
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), name);
  const answer = await graph.upload(`/${settings.objectId}/media`, form);
  return answer.ok ? uploadedSchema.parse(answer.body) : { refused: refusalOf(answer.error) };
}
