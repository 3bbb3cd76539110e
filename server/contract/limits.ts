/** Limits every channel and the composer obey. Free of schemas, so that a browser can load it alone. */
export const limits = {
  /** Of what somebody types. */
  textLength: 4_000,
  /** Of a text part as stored: mails are longer than what people type into a box. */
  storedTextLength: 20_000,
  partsPerMessage: 12,
  /** Of a message that came in whole, with all its files. */
  storedParts: 120,
  nameLength: 120,
  noteLength: 8_000,
  fileBytes: 20 * 1024 * 1024,
  /** Of a raw mail. */
  mailBytes: 60 * 1024 * 1024,
  /** Of words that the bot is taught. */
  utteranceLength: 600,
  pageSize: 100,
} as const;
