import { addExpectedFile } from '../cases/files-on-their-way.ts';
import { addSeconds } from '../clock.ts';
import type { MediaPart } from '../contract/message.ts';
import { keepAttachment } from '../files/attachments.ts';
import { bringFile } from './bring-file.ts';
import { type Ending, endStep } from './end-step.ts';
import { nameFile } from './name-file.ts';
import { type ClaimedStep, claimStep, type MediaParts } from './steps.ts';
import { isWorthHearing, promiseTranscript } from './transcribe-voice.ts';

/** Longer than fetching and storing may take; after a crash another worker fetches when it is past. */
const FETCH_SECONDS = 150;
/** Pauses after each try that failed, in seconds: six tries in ten minutes, while a provider still has the file. */
const PAUSES = [10, 30, 60, 180, 300];

/** Fetches a file that a message points to, and shows it in its place, or says there why it will not come. */
export async function fetchFile(parts: MediaParts, attachmentId: string): Promise<void> {
  const { database, clock, log } = parts;
  const step = await claimStep({ db: database.db, clock }, attachmentId, 'fetch', FETCH_SECONDS);
  if (!step) return;
  // A file that takes the server down with it is not fetched for ever.
  if (step.tries > PAUSES.length + 1) return end(parts, step, lost('unreachable'));
  let ending: Ending;
  try {
    ending = await fetchAndKeep(parts, step);
  } catch (error) {
    log.warn({ err: error, channel: step.channel, attempt: step.tries }, 'a file could not be fetched');
    const pause = PAUSES[step.tries - 1];
    return pause === undefined ? end(parts, step, lost('unreachable')) : tryAgain(parts, step, pause);
  }
  await end(parts, step, ending);
}

async function fetchAndKeep(parts: MediaParts, step: ClaimedStep): Promise<Ending> {
  const { database, files, clock, transcriber } = parts;
  const part = await shownPart(parts, step);
  // Erased since.
  if (!part) return lost('gone');
  const brought = await bringFile(parts, step, part.name);
  if ('lost' in brought) return lost(brought.lost);
  const { bytes, mimeType } = brought;
  const look = lookOf(part, mimeType);
  // Row and bytes are there before the message shows them: no reader meets half of a file.
  const kept = await keepAttachment({ db: database.db, files, clock }, `account:${step.channel_account_id}`, {
    id: step.attachment_id,
    name: nameFile(brought.name ?? '', mimeType, look),
    mimeType,
    bytes,
  });
  const { name, size } = kept;
  return {
    change: ({ arriving: _, look: __, lost: ___, ...shown }) => ({
      ...shown,
      name,
      mimeType,
      size,
      ...(look && { look }),
    }),
    async also(unit, caseId) {
      await unit.tx
        .updateTable('attachment')
        .set({ conversation_id: step.conversation_id })
        .where('id', '=', step.attachment_id)
        .execute();
      if (caseId) await addExpectedFile(unit, caseId, { id: kept.id, conversationId: step.conversation_id });
      if (transcriber && isWorthHearing(kept)) await promiseTranscript(unit, step);
    },
  };
}

function lost(why: NonNullable<MediaPart['lost']>): Ending {
  return { change: ({ arriving: _, ...part }) => ({ ...part, lost: why }) };
}

function end({ unitOfWork }: MediaParts, step: ClaimedStep, ending: Ending): Promise<void> {
  return unitOfWork((unit) => endStep(unit, step, ending));
}

/** A voice note is one if it can be heard, a sticker if it can be seen: whatever the provider says. */
function lookOf({ look }: MediaPart, mimeType: string): MediaPart['look'] {
  const kind = { voice: 'audio/', sticker: 'image/' };
  return look && mimeType.startsWith(kind[look]) ? look : undefined;
}

async function shownPart({ database }: MediaParts, step: ClaimedStep): Promise<MediaPart | undefined> {
  const { parts } = await database.db
    .selectFrom('message')
    .select('parts')
    .where('id', '=', step.message_id)
    .executeTakeFirstOrThrow();
  return parts.find((part): part is MediaPart => part.type === 'media' && part.attachmentId === step.attachment_id);
}

async function tryAgain({ unitOfWork }: MediaParts, step: ClaimedStep, pause: number): Promise<void> {
  await unitOfWork(async (unit) => {
    const at = addSeconds(unit.now, pause);
    await unit.tx
      .updateTable('media_fetch')
      .set({ next_at: at })
      .where('attachment_id', '=', step.attachment_id)
      .where('tries', '=', step.tries)
      .execute();
    unit.enqueue('media.fetch', { attachmentId: step.attachment_id }, addSeconds(at, 1));
  });
}
