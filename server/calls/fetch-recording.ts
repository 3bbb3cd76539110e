import type { Selectable } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { FetchedMedia } from '../contract/channel.ts';
import { limits } from '../contract/limits.ts';
import { daysOf } from '../data/retention/rules.ts';
import type { Tables } from '../database/database.ts';
import { keepAttachment } from '../files/attachments.ts';
import { recogniseRecording } from '../files/recognise-recording.ts';
import { webmMilliseconds } from '../files/webm-length.ts';
import { joinPieces, piecesOf, removePieces } from './recording-pieces.ts';
import { touchCall } from './touch-call.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'lines' | 'files' | 'clock' | 'city' | 'transcriber' | 'log'>;
type Recording = Selectable<Tables['call_recording']>;
type CallOfIt = Pick<
  Selectable<Tables['call']>,
  'id' | 'channel_account_id' | 'recording' | 'conversation_id' | 'ticket_id'
>;

/** Longer than fetching, storing and listening may take; after a crash another worker goes on when it is past. */
const CLAIM_SECONDS = 300;
/** Pauses after each try that failed, in seconds: a provider needs a moment until a recording is there. */
const PAUSES = [5, 20, 60, 180, 600, 1_800];

/** Fetches a recording into our files: from its line, or from the pieces that a browser has brought. */
export async function fetchRecording(parts: Parts, recordingId: string): Promise<void> {
  const { database, log } = parts;
  const recording = await claim(parts, recordingId);
  if (!recording) return;
  const call = await database.db
    .selectFrom('call')
    .select(['id', 'channel_account_id', 'recording', 'conversation_id', 'ticket_id'])
    .where('id', '=', recording.call_id)
    .executeTakeFirstOrThrow();
  try {
    if (call.recording === 'protected') return await erase(parts, call, recording);
    await keep(parts, call, recording);
  } catch (error) {
    log.warn({ err: error, recordingId, attempt: recording.tries }, 'a recording could not be fetched');
    const pause = PAUSES[recording.tries - 1];
    if (pause === undefined) return lose(parts, recording);
    await later(parts, recording, pause);
  }
}

async function claim({ database, clock }: Parts, id: string): Promise<Recording | undefined> {
  const now = clock.now();
  return database.db
    .updateTable('call_recording')
    .set((column) => ({ tries: column('tries', '+', 1), next_at: addSeconds(now, CLAIM_SECONDS) }))
    .where('id', '=', id)
    .where('state', '=', 'arriving')
    .where('next_at', '<=', now)
    .returningAll()
    .executeTakeFirst();
}

async function keep(parts: Parts, call: CallOfIt, recording: Recording): Promise<void> {
  const { database, files, clock, city } = parts;
  const fetched = await bring(parts, call, recording);
  if (fetched.outcome === 'gone') return lose(parts, recording);
  const { bytes } = fetched;
  const mimeType = await recogniseRecording(bytes);
  const extension = mimeType.split('/')[1] ?? 'bin';
  const name = `${recording.kind}-${recording.started_at.toISOString().slice(0, 16).replace(/\D/g, '')}.${extension}`;
  const file = await keepAttachment({ db: database.db, files, clock }, `call:${call.id}`, {
    id: recording.id,
    name,
    mimeType,
    bytes,
  });
  const transcript = recording.kind === 'voicemail' ? await listen(parts, call, file.name, mimeType, bytes) : null;
  const keepDays = await daysOf(database.db, city, recording.kind === 'voicemail' ? 'voicemail' : 'recordings');
  await touchCall(parts, call.id, async (unit) => {
    await unit.tx
      .updateTable('call_recording')
      .set({
        state: 'kept',
        attachment_id: file.id,
        transcript,
        milliseconds: recording.milliseconds ?? lengthOf(recording, mimeType, bytes),
        next_at: null,
        erase_after: keepDays === null ? null : addSeconds(recording.started_at, keepDays * 86_400),
      })
      .where('id', '=', recording.id)
      .execute();
  });
  await clean(parts, call, recording);
}

/** Of what a browser that died has brought nobody told how long it is. */
function lengthOf(recording: Recording, mimeType: string, bytes: Uint8Array): number | null {
  const told = mimeType === 'audio/webm' ? webmMilliseconds(Buffer.from(bytes)) : null;
  const lastAt = piecesOf(recording)?.at;
  return told ?? (lastAt ? Math.max(0, Date.parse(lastAt) - recording.started_at.getTime()) : null);
}

async function bring({ lines, files }: Parts, call: CallOfIt, recording: Recording): Promise<FetchedMedia> {
  const pieces = piecesOf(recording);
  if (pieces) return { outcome: 'fetched', bytes: await joinPieces(files, pieces) };
  const line = lines.get(call.channel_account_id);
  if (!line || !recording.source) throw new Error('Nobody knows where the recording is');
  return line.fetchRecording(call.channel_account_id, recording.source);
}

/** Words of a message, where somebody can listen; without, people do. */
async function listen(
  { transcriber, database, log }: Parts,
  call: CallOfIt,
  name: string,
  mimeType: string,
  bytes: Uint8Array,
): Promise<string | null> {
  if (!transcriber) return null;
  const { locale } = await database.db
    .selectFrom('conversation')
    .select('locale')
    .where('id', '=', call.conversation_id)
    .executeTakeFirstOrThrow();
  try {
    const said = await transcriber.transcribe({ bytes, name, mimeType }, locale);
    return said?.trim().slice(0, limits.storedTextLength) || null;
  } catch (error) {
    log.warn({ err: error }, 'a message could not be written down');
    return null;
  }
}

/** What we have is removed where it came from: once, and without it no harm is done. */
async function clean({ lines, files, log }: Parts, call: CallOfIt, recording: Recording): Promise<void> {
  try {
    const pieces = piecesOf(recording);
    if (pieces) return await removePieces(files, pieces);
    if (recording.source)
      await lines.get(call.channel_account_id)?.eraseRecording(call.channel_account_id, recording.source);
  } catch (error) {
    log.warn({ err: error, recordingId: recording.id }, 'a recording is still at its provider');
  }
}

/** Of a protected matter nothing is kept, here or there. @throws when the provider cannot be reached */
async function erase(parts: Parts, call: CallOfIt, recording: Recording): Promise<void> {
  const { lines, files } = parts;
  const pieces = piecesOf(recording);
  if (pieces) await removePieces(files, pieces);
  else if (recording.source) {
    await lines.get(call.channel_account_id)?.eraseRecording(call.channel_account_id, recording.source);
  }
  await settle(parts, recording, 'erased');
}

const lose = (parts: Parts, recording: Recording): Promise<void> => settle(parts, recording, 'lost');

async function settle(parts: Parts, recording: Recording, state: 'lost' | 'erased'): Promise<void> {
  await touchCall(parts, recording.call_id, async (unit) => {
    await unit.tx
      .updateTable('call_recording')
      .set({ state, next_at: null, ...(state === 'erased' ? { erased_at: unit.now } : {}) })
      .where('id', '=', recording.id)
      .execute();
  });
}

async function later({ unitOfWork }: Parts, { id }: Recording, seconds: number): Promise<void> {
  await unitOfWork(async (unit) => {
    const at = addSeconds(unit.now, seconds);
    await unit.tx.updateTable('call_recording').set({ next_at: at }).where('id', '=', id).execute();
    unit.enqueue('media.recording', { recordingId: id }, at);
  });
}
