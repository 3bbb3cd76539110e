import { AppError } from '../contract/errors.ts';
import type { MediaPart } from '../contract/message.ts';
import { recogniseFile } from '../files/recognise-file.ts';
import type { ClaimedStep, MediaParts } from './steps.ts';

/** A whole file of a kind that is accepted, and what it is. */
export interface BroughtFile {
  /** As the provider calls it; often it does not. */
  name: string | undefined;
  mimeType: string;
  bytes: Uint8Array;
}

export type Brought = BroughtFile | { lost: NonNullable<MediaPart['lost']> };

/** Channels give up sooner, and say why; one that does not would hold up the others. */
const FETCH_MS = 100_000;

/**
 * Asks the channel for a file and looks at what it really is.
 * @param name as the message calls it: a plain text is known by its extension alone
 * @throws what the channel throws, and when it takes too long: worth a retry
 */
export async function bringFile(
  { channels }: Pick<MediaParts, 'channels'>,
  { channel: channelName, channel_account_id: accountId, source }: ClaimedStep,
  name: string,
): Promise<Brought> {
  const channel = channels.get(channelName);
  if (!channel?.fetchMedia) throw new Error(`The channel ${channelName} fetches no files`);
  const fetched = await inTime(channel.fetchMedia(accountId, source));
  if (fetched.outcome === 'gone') return { lost: fetched.reason };
  try {
    const mimeType = await recogniseFile(fetched.bytes, name || (fetched.name ?? ''));
    return { name: name || fetched.name, mimeType, bytes: fetched.bytes };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { lost: error.code === 'file_too_large' ? 'too_large' : 'refused' };
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('The provider took too long to give the file')), FETCH_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
