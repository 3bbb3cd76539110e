/** Limits every channel and the composer obey. Free of schemas, so that a browser can load it alone. */
export const limits = {
  textLength: 4_000,
  partsPerMessage: 12,
  nameLength: 120,
  noteLength: 8_000,
  fileBytes: 20 * 1024 * 1024,
  pageSize: 100,
} as const;
