import { buffer } from 'node:stream/consumers';
import type { Attachment } from '../contract/http.ts';
import { limits } from '../contract/limits.ts';
import { storedTextSchema } from '../contract/message.ts';
import type { Transcriber } from '../contract/speech.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { findAttachment } from '../files/attachments.ts';
import { type Ending, endStep } from './end-step.ts';
import { type ClaimedStep, claimStep, type MediaParts, type Step } from './steps.ts';

/** What speech servers can read, by the extension that they know it by. */
const HEARD: ReadonlyMap<string, string> = new Map([
  ['audio/ogg', 'ogg'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
  ['audio/x-m4a', 'm4a'],
  ['audio/wav', 'wav'],
  ['audio/webm', 'webm'],
]);
/** Hours of somebody's voice; more is music. */
const LONGEST_BYTES = 12 * 1024 * 1024;
/** Beside what listening takes. */
const MARGIN_SECONDS = 30;
/** A recording that takes the server down with it is not listened to for ever. */
const TRIES = 2;

export const isWorthHearing = ({ mimeType, size }: Attachment): boolean => HEARD.has(mimeType) && size <= LONGEST_BYTES;

/** Promises to listen to a recording that has just been stored. */
export async function promiseTranscript(unit: Unit, step: Step): Promise<void> {
  const { attachment_id: attachmentId, message_id, channel_account_id } = step;
  await unit.tx
    .insertInto('media_fetch')
    .values({
      attachment_id: attachmentId,
      message_id,
      channel_account_id,
      step: 'transcribe',
      source: json({}),
      case_id: null,
      tries: 0,
      next_at: unit.now,
      created_at: unit.now,
    })
    .execute();
  unit.enqueue('media.transcribe', { attachmentId });
}

/** Writes beside a recording what is said in it. Nothing is, where nobody can listen. */
export async function transcribeVoice(parts: MediaParts, attachmentId: string): Promise<void> {
  const { database, clock, transcriber, unitOfWork } = parts;
  const seconds = (transcriber?.timeoutMs ?? 0) / 1_000 + MARGIN_SECONDS;
  const step = await claimStep({ db: database.db, clock }, attachmentId, 'transcribe', seconds);
  if (!step) return;
  const transcript = transcriber && step.tries <= TRIES ? await listen(parts, transcriber, step) : '';
  const ending: Ending = transcript ? { change: (part) => ({ ...part, transcript }) } : {};
  await unitOfWork((unit) => endStep(unit, step, ending));
}

/** @returns the words, fit to store; empty when there are none */
async function listen({ database, files }: MediaParts, transcriber: Transcriber, step: ClaimedStep): Promise<string> {
  const { mime_type: mimeType, storage_key: key } = await findAttachment(database.db, step.attachment_id);
  const bytes = await buffer(await files.read(key));
  // What a file is called may tell of somebody; what is in it is enough to be told.
  const name = `audio.${HEARD.get(mimeType) ?? ''}`;
  const said = await transcriber.transcribe({ bytes, name, mimeType }, step.locale);
  return storedTextSchema.parse((said ?? '').slice(0, limits.storedTextLength)).trim();
}
