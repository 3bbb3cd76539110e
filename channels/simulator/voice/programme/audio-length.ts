/** Bytes a second of what is no WAV: 64 kbit/s, as recordings for the telephone are. */
const BYTES_A_SECOND = 8_000;

/** How long a file plays: by its header where it is a WAV, by its size elsewhere. Seconds, at least one. */
export function secondsOfAudio(bytes: Buffer): number {
  const isWave =
    bytes.length > 44 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE';
  const rate = isWave ? bytes.readUInt32LE(28) : BYTES_A_SECOND;
  return Math.max(1, bytes.length / (rate || BYTES_A_SECOND));
}
