import type { Locale } from './errors.ts';

/** A recording, as it came. */
export interface Recording {
  bytes: Uint8Array;
  /** With the extension of its type: speech servers go by it. */
  name: string;
  mimeType: string;
}

/** Writes down what is said in a recording. */
export interface Transcriber {
  /** What one recording may take, in milliseconds. */
  readonly timeoutMs: number;
  /** @returns null when nothing could be heard in it, or nobody could be asked */
  transcribe(recording: Recording, locale: Locale): Promise<string | null>;
}
