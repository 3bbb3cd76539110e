/** Of a telephone: more cannot be heard on one. */
const RATE = 8_000;
const BEATS_A_MINUTE = 80;
const BEATS_A_BAR = 4;

/** Four chords, twice; each as semitones above the A of 220 Hz, the bass first. */
const CHORDS = [
  [3, 15, 19, 22, 26],
  [0, 12, 15, 19, 24],
  [-4, 8, 12, 15, 19],
  [-2, 10, 14, 17, 22],
] as const;
/** Which tone of the chord is plucked on each half beat of a bar; null: none. */
const FIRST = [1, 3, 2, 4, 3, 2, 1, 2] as const;
const SECOND = [4, 3, null, 2, 3, null, 1, null] as const;

const BAR = (BEATS_A_BAR * 60 * RATE) / BEATS_A_MINUTE;
const LENGTH = BAR * CHORDS.length * 2;

/** How long it plays, until it begins again without a seam. */
export const HOLD_MUSIC_SECONDS = LENGTH / RATE;

/** The city's own sound, for whoever waits: plucked wood over a soft bass. @returns a WAV file, 8 kHz µ-law */
export function composeHoldMusic(): Buffer {
  const sound = new Float64Array(LENGTH);
  for (const [round, pattern] of [FIRST, SECOND].entries()) {
    for (const [index, [bass, ...tones]] of CHORDS.entries()) {
      const bar = (round * CHORDS.length + index) * BAR;
      pluck(sound, bar, bass, 0.34, 1.6);
      pluck(sound, bar + BAR / 2, bass, 0.22, 1.2);
      for (const [half, tone] of pattern.entries()) {
        const semitones = tone === null ? undefined : tones[tone - 1];
        if (semitones !== undefined) pluck(sound, bar + (half * BAR) / 8, semitones, half % 2 ? 0.2 : 0.26, 0.7);
      }
    }
  }
  return wavOf(sound);
}

/** One tone with the knock of wood over it. */
function pluck(sound: Float64Array, at: number, semitones: number, loudness: number, seconds: number): void {
  const radians = (2 * Math.PI * 220 * 2 ** (semitones / 12)) / RATE;
  ring(sound, at, radians, loudness, seconds * 0.5 * RATE);
  ring(sound, at, radians * 4, loudness * 0.35, 450);
}

/**
 * A tone that dies away, to a third within `fade` samples; what outlasts the end sounds on at the beginning, where the
 * loop goes on. Each sample follows from the two before.
 */
function ring(sound: Float64Array, at: number, radians: number, loudness: number, fade: number): void {
  const start = Math.round(at);
  const keeps = Math.exp(-1 / fade);
  const turns = 2 * keeps * Math.cos(radians);
  let before = 0;
  let now = loudness * keeps * Math.sin(radians);
  for (let n = 1; n < fade * 6; n += 1) {
    const place = (start + n) % LENGTH;
    sound[place] = (sound[place] ?? 0) + now * Math.min(1, n / 40);
    const next = turns * now - keeps * keeps * before;
    before = now;
    now = next;
  }
}

function wavOf(sound: Float64Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + sound.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(7, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(sound.length, 40);
  return Buffer.concat([header, Buffer.from(sound.map((sample) => muLaw(Math.tanh(sample))))]);
}

/** ITU-T G.711. @param sample between -1 and 1 */
function muLaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.round(Math.abs(sample) * 32_767)) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  return ~((sample < 0 ? 128 : 0) | (exponent << 4) | mantissa) & 255;
}
