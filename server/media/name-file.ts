import type { MediaPart } from '../contract/message.ts';
import { safeName } from '../files/recognise-file.ts';

/** By type, the extensions that tell the truth about it; the first is given where there is none. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic', 'heif'],
  'image/heif': ['heif', 'heic'],
  'image/avif': ['avif'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/x-m4a': ['m4a', 'mp4'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/wav': ['wav'],
  'audio/webm': ['webm'],
  'audio/aac': ['aac'],
  'audio/amr': ['amr'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'video/quicktime': ['mov', 'qt'],
  'video/3gpp': ['3gp', '3gpp'],
};

/** The name of a file that came without one, in the city's first language: it is saved under it. */
function called(mimeType: string, look: MediaPart['look']): string {
  if (look === 'voice') return 'nota de voz';
  if (look === 'sticker') return 'sticker';
  if (mimeType.startsWith('image/')) return 'foto';
  if (mimeType.startsWith('video/')) return 'video';
  if (mimeType.startsWith('audio/')) return 'audio';
  return 'archivo';
}

/** A name that says what the file is, whatever it was called: nobody opens a program as a photo, or a PDF in vain. */
export function nameFile(given: string, mimeType: string, look: MediaPart['look']): string {
  const name = given.trim() === '' ? called(mimeType, look) : safeName(given);
  const honest = EXTENSIONS[mimeType];
  if (!honest) return name;
  const [, stem = name, extension = ''] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
  if (honest.includes(extension.toLowerCase())) return name;
  // One kind of photo is as good as another; a PDF that calls itself a photo keeps what it was called in sight.
  return `${kindOf(mimeType) === kindOfExtension(extension) ? stem : name}.${honest[0]}`;
}

const kindOf = (mimeType: string): string => mimeType.slice(0, mimeType.indexOf('/'));

function kindOfExtension(extension: string): string | null {
  const type = Object.keys(EXTENSIONS).find((one) => EXTENSIONS[one]?.includes(extension.toLowerCase()));
  return type ? kindOf(type) : null;
}
