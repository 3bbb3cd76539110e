import { z } from 'zod';
import type { FetchedMedia } from '../../../server/contract/channel.ts';
import type { CallRef, LineAnswer } from '../../../server/contract/voice.ts';
import { fetchMedia } from '../../twilio/fetch-media.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import { refusalOf, type TwilioClient } from '../../twilio/twilio-client.ts';
import type { VoiceUrls } from './voice-urls.ts';

const sourceSchema = z.object({ sid: z.string().regex(/^RE[0-9a-f]{32}$/) });
const MOST_RECORDINGS = 50;
/** What comes after `completed` is there to be fetched; until then it may still come. */
const ON_ITS_WAY = new Set(['in-progress', 'paused', 'stopped', 'processing']);

/**
 * Records the citizen's own end: what they say and what they hear. So nothing is kept of what is whispered or asked of
 * others while they wait.
 */
export async function recordCall(
  client: TwilioClient,
  urls: VoiceUrls,
  { callId, providerCallId }: CallRef,
  to: 'on' | 'paused' | 'off',
): Promise<LineAnswer> {
  const { recordings } = client.calls(providerCallId);
  const running = (await recordings.list({ limit: MOST_RECORDINGS })).find(
    ({ status }) => status === 'in-progress' || status === 'paused',
  );
  if (to === 'on' && !running) {
    await recordings.create({
      recordingChannels: 'dual',
      recordingStatusCallback: urls.recording(callId),
      recordingStatusCallbackEvent: ['completed', 'absent'],
    });
  } else if (running) {
    const wanted = { on: 'in-progress', paused: 'paused', off: 'stopped' } as const;
    if (running.status !== wanted[to]) {
      // What is said meanwhile is not even kept as silence: a card number leaves no gap to guess its length by.
      const behaviour = to === 'paused' ? { pauseBehavior: 'skip' } : {};
      await client
        .calls(providerCallId)
        .recordings(running.sid)
        .update({ status: wanted[to], ...behaviour });
    }
  }
  return { outcome: 'done' };
}

/** The sound of a recording. @throws what is worth a retry */
export async function fetchCallRecording(
  client: TwilioClient,
  account: TwilioAccount,
  source: Record<string, unknown>,
): Promise<FetchedMedia> {
  const { sid } = sourceSchema.parse(source);
  const gone = { outcome: 'gone', reason: 'gone' } as const;
  const recording = await client
    .recordings(sid)
    .fetch()
    .catch((error: unknown) => {
      if (refusalOf(error)?.status === 404) return null;
      throw error;
    });
  if (!recording || String(recording.status) === 'deleted' || recording.status === 'absent') return gone;
  if (ON_ITS_WAY.has(recording.status)) throw new Error('The recording is still being made');
  const { apiUrl, accountSid } = account.settings;
  // An hour as MP3 is fifteen megabytes, as WAV more than a file may have; not every recording is made as both.
  for (const name of [`${sid}.mp3`, `${sid}.wav`]) {
    const url = `${apiUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${name}`;
    const found = await fetchMedia(account, { url });
    if (found.outcome === 'fetched') return { ...found, name };
    if (found.reason === 'too_large') return found;
  }
  return gone;
}

/** What is not there any more is erased. */
export async function eraseCallRecording(client: TwilioClient, source: Record<string, unknown>): Promise<void> {
  const { sid } = sourceSchema.parse(source);
  await client
    .recordings(sid)
    .remove()
    .catch((error: unknown) => {
      if (refusalOf(error)?.status !== 404) throw error;
    });
}
