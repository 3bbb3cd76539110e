import type { MediaKind } from './message.ts';

/** How telephones show a file of this type. */
export function kindOfFile(mimeType: string): MediaKind {
  if (mimeType === 'image/webp') return 'sticker';
  const [family] = mimeType.split('/');
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}
