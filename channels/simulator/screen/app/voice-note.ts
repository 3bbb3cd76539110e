import { oggOpus } from './ogg-opus.ts';

const RATE = 48_000;

/** Whether this browser can make voice notes: only on a safe address, and not in every browser. */
export const canSpeak = 'AudioEncoder' in globalThis;

/** Three seconds of a voice that is none: a melody in the place of words. */
export function sampleVoiceNote(): Promise<Blob> {
  const notes = [392, 440, 494, 440, 392, 330, 349, 392];
  const samples = new Float32Array(RATE * 3);
  for (let index = 0; index < samples.length; index += 1) {
    const time = index / RATE;
    const note = notes[Math.floor((time / 3) * notes.length)] ?? 392;
    const within = (time % (3 / notes.length)) / (3 / notes.length);
    samples[index] = 0.3 * Math.sin(2 * Math.PI * note * time) * Math.sin(Math.PI * within);
  }
  return encode(samples);
}

/** What a microphone recorded, as telephones send it. */
export async function voiceNoteOf(recording: Blob): Promise<Blob> {
  const context = new OfflineAudioContext(1, 1, RATE);
  const decoded = await context.decodeAudioData(await recording.arrayBuffer());
  return encode(decoded.getChannelData(0));
}

async function encode(samples: Float32Array): Promise<Blob> {
  const packets: { data: Uint8Array; samples: number }[] = [];
  const encoder = new AudioEncoder({
    output(chunk) {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      packets.push({ data, samples: Math.round(((chunk.duration ?? 20_000) / 1e6) * RATE) });
    },
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'opus', sampleRate: RATE, numberOfChannels: 1, bitrate: 24_000 });
  const data = new AudioData({
    format: 'f32-planar',
    sampleRate: RATE,
    numberOfFrames: samples.length,
    numberOfChannels: 1,
    timestamp: 0,
    data: samples as Float32Array<ArrayBuffer>,
  });
  encoder.encode(data);
  data.close();
  await encoder.flush();
  encoder.close();
  return oggOpus(packets);
}
