import type { MediaPart } from '../../../server/contract/message.ts';

export const mediaKinds = ['audio', 'file', 'image', 'sticker', 'video', 'voice'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** How a file is shown: what its channel calls it, else what it was found to be. */
export function mediaKind({ look, mimeType }: Pick<MediaPart, 'look' | 'mimeType'>): MediaKind {
  if (look) return look;
  if (/^image\/(png|jpeg|webp|gif|avif)$/.test(mimeType)) return 'image';
  if (mimeType.startsWith('audio/')) return 'audio';
  return mimeType.startsWith('video/') ? 'video' : 'file';
}

/** The room that a file of this kind takes, kept while it is on its way so that nothing moves when it comes. */
export const mediaRoom: Record<MediaKind, string> = {
  audio: 'h-14 w-76 max-w-full',
  file: 'h-14 w-64 max-w-full',
  image: 'h-44 w-60 max-w-full',
  sticker: 'size-32',
  video: 'aspect-video w-80 max-w-full',
  voice: 'h-14 w-76 max-w-full',
};

export const mediaIcon: Record<MediaKind, string> = {
  audio: 'i-lucide-music-2',
  file: 'i-lucide-file',
  image: 'i-lucide-image',
  sticker: 'i-lucide-sticker',
  video: 'i-lucide-film',
  voice: 'i-lucide-mic',
};
