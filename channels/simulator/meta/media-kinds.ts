const DOCUMENT =
  /^(?:text\/plain|application\/(?:pdf|msword|vnd\.ms-(?:excel|powerpoint)|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)))$/;
const MEGABYTE = 1024 * 1024;

/** What WhatsApp carries, by the type of message, and how large it may be. */
export const whatsAppMedia = {
  image: { types: /^image\/(?:jpeg|png)$/, bytes: 5 * MEGABYTE },
  audio: { types: /^audio\/(?:aac|amr|mpeg|mp4|ogg)$/, bytes: 16 * MEGABYTE },
  video: { types: /^video\/(?:mp4|3gpp)$/, bytes: 16 * MEGABYTE },
  document: { types: DOCUMENT, bytes: 100 * MEGABYTE },
  sticker: { types: /^image\/webp$/, bytes: MEGABYTE / 2 },
} as const;
export type WhatsAppMedia = keyof typeof whatsAppMedia;

/** Whether it can be uploaded at all. */
export function isCarried(mimeType: string, bytes: number): boolean {
  return Object.values(whatsAppMedia).some((kind) => kind.types.test(mimeType) && bytes <= kind.bytes);
}
