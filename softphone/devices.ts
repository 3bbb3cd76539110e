export interface AudioDevice {
  id: string;
  /** Empty until a microphone has been allowed once. */
  label: string;
}

export interface AudioDevices {
  inputs: AudioDevice[];
  /** Empty where the browser lets nobody choose. */
  outputs: AudioDevice[];
}

export async function listDevices(): Promise<AudioDevices> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await media?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind) =>
    all.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { inputs: of('audioinput'), outputs: 'setSinkId' in HTMLMediaElement.prototype ? of('audiooutput') : [] };
}

/** Tells when a headset was plugged in or out. @returns stops it */
export function watchDevices(changed: (devices: AudioDevices) => void): () => void {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  const tell = () => void listDevices().then(changed);
  media?.addEventListener('devicechange', tell);
  return () => media?.removeEventListener('devicechange', tell);
}
