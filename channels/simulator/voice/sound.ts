import type { Recording } from './recordings.ts';

const RATE = 8_000;
const BYTES_A_SAMPLE = 2;
const HEADER = 44;
/** Longer ones are cut in their sound, not in what is told of them: an hour is 57 MB. */
const MOST_SECONDS = 1_800;

/**
 * The sound of a recording, as a WAV of 8 kHz: a murmur with the rhythm of speech in the place of voices, the same each
 * time it is asked for, silent where the recording was paused. Nothing of what was said can be heard.
 */
export function soundOf({ milliseconds, silences, sid }: Recording): Buffer {
  const samples = Math.round((Math.min(milliseconds / 1_000, MOST_SECONDS) || 0) * RATE);
  const wave = Buffer.alloc(HEADER + samples * BYTES_A_SAMPLE);
  writeHeader(wave, samples);
  const seed = Number.parseInt(sid.slice(-6), 16) || 1;
  const pitch = 110 + (seed % 90);
  for (let index = 0; index < samples; index += 1) {
    const time = index / RATE;
    if (silences.some(({ from, to }) => time * 1_000 >= from && time * 1_000 < to)) continue;
    // Words of a fifth of a second, some left out, in sentences with a breath between them.
    const word = Math.floor(time * 5);
    const isBreath = (word + seed) % 13 > 10 || (word * 7 + seed) % 5 === 0;
    const swell = isBreath ? 0.02 : Math.sin(Math.PI * ((time * 5) % 1)) ** 2;
    const voice = Math.sin(2 * Math.PI * pitch * time) + 0.5 * Math.sin(2 * Math.PI * pitch * 2.01 * time);
    wave.writeInt16LE(Math.round(9_000 * swell * voice), HEADER + index * BYTES_A_SAMPLE);
  }
  return wave;
}

/** @see http://soundfile.sapp.org/doc/WaveFormat/ */
function writeHeader(wave: Buffer, samples: number): void {
  const bytes = samples * BYTES_A_SAMPLE;
  wave.write('RIFF', 0, 'latin1');
  wave.writeUInt32LE(HEADER - 8 + bytes, 4);
  wave.write('WAVEfmt ', 8, 'latin1');
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(RATE, 24);
  wave.writeUInt32LE(RATE * BYTES_A_SAMPLE, 28);
  wave.writeUInt16LE(BYTES_A_SAMPLE, 32);
  wave.writeUInt16LE(BYTES_A_SAMPLE * 8, 34);
  wave.write('data', 36, 'latin1');
  wave.writeUInt32LE(bytes, 40);
}
