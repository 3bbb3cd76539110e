import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../contract/errors.ts';
import { limits } from '../contract/limits.ts';
import { withoutPicture } from './without-picture.ts';

/** What may be sent: recognised by content, never by name or by what the sender claims. */
const ACCEPTED: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/heic',
  'image/heif',
  'image/avif',
  'application/pdf',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'audio/webm',
  'audio/aac',
  'audio/amr',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'video/3gpp',
  'application/zip',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
]);

/** The container of old Office documents is that of Windows installers, too: here the name has to say which. */
const OLD_OFFICE = /\.(doc|xls|ppt)$/i;

/** Browsers may show these by themselves, and play those below; everything else is only ever downloaded. */
export const SHOWN_INLINE: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
]);

export const PLAYED_INLINE: ReadonlySet<string> = new Set([
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
]);

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A name fit to show and to save: no path, no control or direction characters, not endless. */
export function safeName(name: string): string {
  const last = name.normalize('NFC').replace(CONTROLS, '').split(/[/\\]/).at(-1)?.trim() ?? '';
  const shown = last.replace(/^\.+/, '') || 'archivo';
  if (shown.length <= 120) return shown;
  const dot = shown.lastIndexOf('.');
  const extension = dot > 0 && shown.length - dot <= 10 ? shown.slice(dot) : '';
  return `${shown.slice(0, 120 - extension.length)}${extension}`;
}

/** @throws AppError `file_empty`, `file_too_large`, `file_type_refused` (HTML and SVG among them) */
export async function recogniseFile(bytes: Uint8Array, name: string): Promise<string> {
  if (bytes.length === 0) throw new AppError('file_empty');
  if (bytes.length > limits.fileBytes) throw new AppError('file_too_large', { max: limits.fileBytes / 1_048_576 });
  const found = await fileTypeFromBuffer(bytes);
  // What a recording is packed in matters; by which codec, a player finds out.
  const type = found?.mime.split(';')[0] ?? '';
  if (ACCEPTED.has(type)) return withoutPicture(type, bytes);
  if (found?.mime === 'application/x-cfb' && OLD_OFFICE.test(name)) return found.mime;
  if (!found && /\.(txt|csv)$/i.test(name) && isPlainText(bytes)) return 'text/plain';
  throw new AppError('file_type_refused');
}

/** UTF-8 without control characters, and nothing a browser could take for markup. */
function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/[\u0000-\u0008\u000e-\u001f]/.test(text) && !/<\s*(!doctype|html|svg|script|\?xml)/i.test(text);
  } catch {
    return false;
  }
}
