/** How much of a mail is looked at. The raw mail is kept whole, whatever is left out here. */
export const bounds = {
  /** Bytes of one header line, its folds included. */
  headerBytes: 32 * 1024,
  /** Headers that nobody reads, kept up to this many. */
  strangeHeaders: 500,
  /** Of each header that is read. */
  sameHeader: 100,
  parts: 500,
  /** Messages inside messages. */
  embeddedDepth: 3,
  embeddedMessages: 20,
  /** Characters of one text body, and of all of them. */
  textLength: 1_000_000,
  /** Addresses of one list. */
  addresses: 500,
  references: 100,
  /** Bytes of all the files unpacked from one winmail.dat. */
  tnefBytes: 100 * 1024 * 1024,
} as const;
