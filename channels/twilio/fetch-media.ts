import { z } from 'zod';
import type { FetchedMedia } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { TwilioAccount } from './twilio-account.ts';

const sourceSchema = z.object({ url: z.url() });
const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 3;
/** Where Twilio keeps files. */
const STORES = /(?:^|\.)(?:twilio\.com|twiliocdn\.com|amazonaws\.com)$/;

/** The file of a message. @throws what is worth a retry */
export async function fetchMedia({ settings }: TwilioAccount, source: unknown): Promise<FetchedMedia> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const api = new URL(settings.apiUrl);
  const authorization = `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')}`;
  let url = new URL(sourceSchema.parse(source).url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const isApi = url.origin === api.origin;
    if (!isApi && !(url.protocol === 'https:' && STORES.test(url.hostname))) throw new Error('The file is elsewhere');
    // The password is for Twilio alone: the store that it leads to has a signed address.
    const headers = isApi ? { authorization } : {};
    const response = await fetch(url, { redirect: 'manual', headers, signal });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.body?.cancel();
      url = new URL(location, url);
      continue;
    }
    return read(response);
  }
  throw new Error('The file is led from one place to another');
}

async function read(response: Response): Promise<FetchedMedia> {
  const { status, headers, body } = response;
  if (status === 404 || status === 410) {
    await body?.cancel();
    return { outcome: 'gone', reason: 'gone' };
  }
  if (!response.ok || !body) {
    await body?.cancel();
    throw new Error(`Twilio answered ${status} for a file`);
  }
  const tooLarge = Number(headers.get('content-length')) > limits.fileBytes;
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!tooLarge) {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > limits.fileBytes) break;
      chunks.push(chunk);
    }
  }
  if (tooLarge || size > limits.fileBytes) {
    if (!body.locked) await body.cancel();
    return { outcome: 'gone', reason: 'too_large' };
  }
  const name = /filename="?([^";]+)"?/.exec(headers.get('content-disposition') ?? '')?.[1];
  return { outcome: 'fetched', bytes: Buffer.concat(chunks), ...(name ? { name } : {}) };
}
