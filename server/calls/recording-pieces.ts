import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Actor } from '../operators/actor.ts';
import { changeCall, type LockedCall, lockCall } from './change-call.ts';

/** A browser that brings no more for so long has died: what it brought is kept. */
const SILENT_SECONDS = 120;
/** Six hours of pieces of five seconds. */
const MOST_PIECES = 4_320;

const piecesSchema = z.object({
  folder: z.string(),
  pieces: z.number().int().nonnegative(),
  by: z.string(),
  /** When the last one came. */
  at: z.iso.datetime().optional(),
});
type Pieces = z.infer<typeof piecesSchema>;

/** What a browser has brought of a recording; null for one that a line has. */
export function piecesOf({ source }: { source: Record<string, unknown> | null }): Pieces | null {
  const parsed = piecesSchema.safeParse(source);
  return parsed.success ? parsed.data : null;
}

const keyOf = ({ folder }: Pick<Pieces, 'folder'>, index: number): string => `${folder}/${index}`;

export async function joinPieces(files: FileStore, pieces: Pieces): Promise<Buffer> {
  const all: Buffer[] = [];
  for (let index = 0; index < pieces.pieces; index += 1) all.push(await buffer(await files.read(keyOf(pieces, index))));
  return Buffer.concat(all);
}

export async function removePieces(files: FileStore, pieces: Pieces): Promise<void> {
  for (let index = 0; index < pieces.pieces; index += 1) await files.remove(keyOf(pieces, index));
}

type Parts = Pick<AppContext, 'unitOfWork' | 'files'>;

/**
 * Stores the next piece of what is said on a call, from the browser of somebody who is on it. The same piece again is
 * there already.
 * @throws AppError `not_found`, `call_over`, `wrong_state` for a call that is not recorded, `conflict` with the piece that is next
 */
export async function takePiece(
  { unitOfWork, files }: Parts,
  actor: Actor,
  piece: { callId: string; segment: string; index: number; bytes: Buffer },
): Promise<void> {
  const { callId, segment, index, bytes } = piece;
  const pieces = await unitOfWork(async (unit) => open(unit, await mustBeOn(unit, actor, callId), actor, segment));
  if (index < pieces.pieces) return;
  if (index > pieces.pieces || index >= MOST_PIECES) throw new AppError('conflict', { next: pieces.pieces });
  // The bytes first: what the row counts is there.
  await files.put(keyOf(pieces, index), bytes, 'application/octet-stream');
  await unitOfWork(async (unit) => {
    await unit.tx
      .updateTable('call_recording')
      .set({
        source: json({ ...pieces, pieces: index + 1, at: unit.now.toISOString() }),
        next_at: addSeconds(unit.now, SILENT_SECONDS),
      })
      .where('call_id', '=', callId)
      .where('key', '=', keyOfSegment(actor, segment))
      .where('state', '=', 'arriving')
      .where('source', '=', json(pieces))
      .execute();
  });
}

/** The segment is whole: it becomes a file. Again changes nothing. @throws AppError `not_found` */
export async function endPieces(
  { unitOfWork }: Parts,
  actor: Actor,
  end: { callId: string; segment: string; milliseconds: number | null },
): Promise<void> {
  await unitOfWork(async (unit) => {
    const { call } = await mustBeOn(unit, actor, end.callId);
    const ended = await unit.tx
      .updateTable('call_recording')
      .set({
        next_at: unit.now,
        milliseconds: sql<number>`coalesce(${end.milliseconds}::int, (extract(epoch from ${unit.now}::timestamptz - started_at) * 1000)::int)`,
      })
      .where('call_id', '=', end.callId)
      .where('key', '=', keyOfSegment(actor, end.segment))
      .where('state', '=', 'arriving')
      .where('tries', '=', 0)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return;
    unit.enqueue('media.recording', { recordingId: ended.id });
    await changeCall(unit, call, {});
  });
}

const keyOfSegment = (actor: Actor, segment: string): string => `browser:${actor.id}:${segment}`;

async function mustBeOn(unit: Unit, actor: Actor, callId: string): Promise<LockedCall> {
  const locked = await lockCall(unit, callId);
  const isOn = locked.legs.some(
    ({ operator_id: id, role, joined_at: joinedAt }) => id === actor.id && joinedAt !== null && role !== 'supervisor',
  );
  if (!isOn) throw new AppError('not_found');
  if (locked.call.recording === 'no' || locked.call.recording === 'protected') throw new AppError('wrong_state');
  return locked;
}

async function open(unit: Unit, { call }: LockedCall, actor: Actor, segment: string): Promise<Pieces> {
  const key = keyOfSegment(actor, segment);
  const known = await unit.tx
    .selectFrom('call_recording')
    .select(['source', 'state'])
    .where('call_id', '=', call.id)
    .where('key', '=', key)
    .executeTakeFirst();
  const before = known && piecesOf(known);
  if (before) return known.state === 'arriving' ? before : { ...before, pieces: MOST_PIECES };
  // Whoever was on a call may bring what their browser still has of it, and nothing of their own making later.
  if (call.ended_at && addSeconds(call.ended_at, SILENT_SECONDS) < unit.now) throw new AppError('call_over');
  const id = uuid();
  const pieces: Pieces = { folder: `calls/${call.id}/${id}`, pieces: 0, by: actor.id };
  await unit.tx
    .insertInto('call_recording')
    .values({
      id,
      call_id: call.id,
      kind: 'call',
      state: 'arriving',
      key,
      source: json(pieces),
      started_at: unit.now,
      milliseconds: null,
      tries: 0,
      next_at: addSeconds(unit.now, SILENT_SECONDS),
      created_at: unit.now,
    })
    .execute();
  await changeCall(unit, call, {});
  return pieces;
}
