import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FetchedMedia } from '../../server/contract/channel.ts';
import type { MetaSettings } from '../../server/contract/messaging.ts';
import { createGraphClient } from './graph-client.ts';
import { codeOf } from './graph-error.ts';
import { isTransient } from './meta-errors.ts';

const DOWNLOAD_MS = 60_000;

/** Where Meta keeps files. A webhook names an address; nobody is to make the server fetch another. */
const HOSTS = /(?:^|\.)(?:fbcdn\.net|fbsbx\.com|cdninstagram\.com|whatsapp\.net)$/;

/** Whether an address is one of Meta's stores of files, or of its emulation. */
export function isMetaFile(url: string, { graphUrl }: MetaSettings): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return origin === new URL(graphUrl).origin || (protocol === 'https:' && HOSTS.test(hostname));
}

const mediaSchema = z.object({
  url: z.url(),
  sha256: z.string().optional(),
  file_size: z.coerce.number().optional(),
});

/**
 * A file of WhatsApp by its id.
 * @param sha256 as the webhook gave it
 * @throws what is worth a retry
 */
export async function fetchById(
  settings: MetaSettings,
  mediaId: string,
  sha256: string | undefined,
  mostBytes: number,
): Promise<FetchedMedia> {
  const answer = await createGraphClient(settings).get(`/${encodeURIComponent(mediaId)}`);
  if (!answer.ok) {
    // A bad token or a limit is the account's trouble: the file is still there.
    const isGone = [100, 131_052].some((code) => code === answer.error.code) && !isTransient(answer.error);
    if (isGone || answer.error.status === 404) return { outcome: 'gone', reason: 'gone' };
    throw new Error(`Meta did not say where the file is: ${codeOf(answer.error)} ${answer.error.message}`);
  }
  const { url, file_size: size, ...media } = mediaSchema.parse(answer.body);
  if (size && size > mostBytes) return { outcome: 'gone', reason: 'too_large' };
  const fetched = await fetchFile(settings, url, mostBytes, { authorization: `Bearer ${settings.accessToken}` });
  const expected = sha256 ?? media.sha256;
  if (fetched.outcome === 'fetched' && expected && !hasDigest(fetched.bytes, expected)) {
    throw new Error('The file is not the one that was announced');
  }
  return fetched;
}

/** A file by its address, up to a size. @throws what is worth a retry */
export async function fetchFile(
  settings: MetaSettings,
  url: string,
  mostBytes: number,
  headers: Record<string, string> = {},
): Promise<FetchedMedia> {
  if (!isMetaFile(url, settings)) return { outcome: 'gone', reason: 'gone' };
  const signal = AbortSignal.timeout(DOWNLOAD_MS);
  const response = await fetch(url, { headers, signal });
  if ([403, 404, 410].includes(response.status)) return { outcome: 'gone', reason: 'gone' };
  if (!response.ok || !response.body) throw new Error(`The file did not come: HTTP ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > mostBytes) return { outcome: 'gone', reason: 'too_large' };
    chunks.push(chunk);
  }
  return { outcome: 'fetched', bytes: Buffer.concat(chunks) };
}

/** Webhooks write the digest in base64, the Graph API in hex. */
function hasDigest(bytes: Uint8Array, expected: string): boolean {
  const digest = createHash('sha256').update(bytes).digest();
  return [digest.toString('base64'), digest.toString('hex')].includes(expected);
}
