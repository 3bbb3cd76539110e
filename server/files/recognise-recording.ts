import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../contract/errors.ts';

/** Sound alone, by the name that players know its container by. */
const SOUND: ReadonlyMap<string, string> = new Map([
  ['audio/wav', 'audio/wav'],
  ['audio/mpeg', 'audio/mpeg'],
  ['audio/ogg', 'audio/ogg'],
  ['audio/webm', 'audio/webm'],
  ['video/webm', 'audio/webm'],
  ['audio/mp4', 'audio/mp4'],
  ['audio/x-m4a', 'audio/mp4'],
  ['video/mp4', 'audio/mp4'],
]);

/** What a recording of a call is, by its content; hours of it are no fault. @throws AppError `file_empty`, `file_type_refused` */
export async function recogniseRecording(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new AppError('file_empty');
  const found = await fileTypeFromBuffer(bytes);
  const type = SOUND.get(found?.mime.split(';')[0] ?? '');
  if (!type) throw new AppError('file_type_refused');
  return type;
}
