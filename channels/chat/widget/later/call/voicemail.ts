import { fileRoutes } from '../../../../../server/contract/endpoints.ts';
import type { Attachment } from '../../../../../server/contract/http.ts';

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** The tone after which one speaks. */
export async function tone(context: AudioContext): Promise<void> {
  const sound = new OscillatorNode(context, { frequency: 880 });
  const volume = new GainNode(context, { gain: 0.08 });
  sound.connect(volume).connect(context.destination);
  const over = new Promise((resolve) => {
    sound.onended = resolve;
    // A context that sleeps plays nothing, and never ends.
    setTimeout(resolve, 600);
  });
  sound.start();
  sound.stop(context.currentTime + 0.4);
  await over;
  volume.disconnect();
}

/** Records until the signal, or for so long. @returns what was said, and for how long */
export function record(
  microphone: MediaStream,
  mostSeconds: number,
  signal: AbortSignal,
): Promise<{ file: File; milliseconds: number }> {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(microphone, mimeType ? { mimeType } : {});
  const pieces: Blob[] = [];
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const stop = () => recorder.state !== 'inactive' && recorder.stop();
    const late = setTimeout(stop, mostSeconds * 1_000);
    signal.addEventListener('abort', stop, { once: true });
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.onerror = () => reject(new Error('The recording failed'));
    recorder.onstop = () => {
      clearTimeout(late);
      const [type = 'audio/webm'] = recorder.mimeType.split(';');
      const file = new File(pieces, `mensaje.${type.split('/')[1] ?? 'webm'}`, { type });
      resolve({ file, milliseconds: Math.round(performance.now() - began) });
    };
    recorder.start(1_000);
  });
}

/** @throws when it was not taken: try again */
export async function upload(origin: string, token: string, file: File): Promise<Attachment> {
  const body = new FormData();
  body.append('file', file);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(origin + fileRoutes.chatUpload, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`The recording was refused: ${answer.status}`);
  return await answer.json();
}
