/** Whether every browser draws this kind of image, so that it can be shown and not only named. */
export function isPicture(mimeType: string): boolean {
  return /^image\/(jpeg|png|gif|webp|avif)$/.test(mimeType);
}
