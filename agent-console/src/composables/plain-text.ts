/** Lower case without accents, for finding: `Díaz` is found by `diaz`. */
export function plainText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether every word of `wanted` begins some word of `text`. */
export function hasWords(text: string, wanted: string): boolean {
  const words = plainText(text).split(/[^\p{L}\p{N}]+/u);
  return plainText(wanted)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => words.some((each) => each.startsWith(word)));
}
