/**
 * Why there is no microphone. denied: they, or their browser, said no · missing: there is none · busy: another
 * program has it · unsupported: the page or the browser cannot, as on a page without https
 */
export type MicrophoneFault = 'denied' | 'missing' | 'busy' | 'unsupported';

export class MicrophoneError extends Error {
  readonly fault: MicrophoneFault;

  constructor(fault: MicrophoneFault, cause?: unknown) {
    super(`no microphone: ${fault}`, { cause });
    this.fault = fault;
  }
}

const faults: Record<string, MicrophoneFault> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/**
 * Asks for a microphone, of that id where there is one of it, else of any.
 * @throws MicrophoneError
 */
export async function openMicrophone(deviceId?: string): Promise<MediaStream> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media?.getUserMedia) throw new MicrophoneError('unsupported');
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    return await media.getUserMedia({ audio: { ...audio, ...(deviceId ? { deviceId } : {}) } });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw new MicrophoneError(faults[name] ?? 'unsupported', error);
  }
}

export function closeMicrophone(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
