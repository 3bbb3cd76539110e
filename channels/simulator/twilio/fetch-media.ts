import { kindOfFile } from '../world/file-kinds.ts';
import type { Content, Failure } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { twilioFailures } from './twilio-error.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const PATIENCE_MS = 10_000;
/** What WhatsApp takes, and most telephones by MMS. */
const ACCEPTED =
  /^(?:image\/(?:jpeg|png|gif|webp)|audio\/(?:ogg|amr|3gpp|aac|mpeg|mp4)|video\/(?:mp4|3gpp)|application\/pdf|text\/(?:vcard|plain)|application\/(?:msword|vnd\.(?:ms-|openxmlformats-)[\w.-]+))/;

/** Fetches what a message points to, as Twilio does, from anywhere that answers. */
export async function fetchMedia(
  world: World,
  url: string,
  reach: (url: string) => string,
): Promise<{ content: Content } | { failure: Failure }> {
  const response = await fetch(reach(url), { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!response?.ok) return { failure: twilioFailures.unreachableMedia };
  const mimeType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (!ACCEPTED.test(mimeType)) return { failure: twilioFailures.unsupportedMedia };
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length > MOST_BYTES) return { failure: twilioFailures.mediaFailed };
  const name = nameOf(response.headers.get('content-disposition'));
  const file = world.files.keep({ bytes, mimeType, name });
  return { content: { type: 'media', kind: kindOfFile(mimeType), fileId: file.id, mimeType, name, caption: '' } };
}

function nameOf(disposition: string | null): string {
  const found = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)"?/i.exec(disposition ?? '');
  return found?.[1] ? decodeURIComponent(found[1]) : (found?.[2] ?? '');
}
