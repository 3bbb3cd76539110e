/** How much sound goes up at a time. */
const CHUNK_MILLISECONDS = 5_000;
const RETRY_MILLISECONDS = 2_000;
/** What may wait for a line that does not answer: about ten minutes of speech. */
const MOST_WAITING = 120;
const MIME_TYPES = ['audio/webm;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/ogg;codecs=opus'];

export interface RecorderStore {
  /** Stores a piece; the same piece again is the same. Rejects where it is worth another try. */
  put(segment: string, chunk: number, sound: Blob): Promise<'kept' | 'refused'>;
  end(segment: string): Promise<'kept' | 'refused'>;
}

/** Records a call in the browser and sends it up piece by piece, in order. */
export interface Recorder {
  pause(): void;
  resume(): void;
  /** Ends the segment; resolves when everything is up or given up. */
  stop(): Promise<void>;
}

export function startRecorder(sound: MediaStream, store: RecorderStore): Recorder {
  const segment = crypto.randomUUID();
  const mimeType = MIME_TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const media = new MediaRecorder(sound, { ...(mimeType ? { mimeType } : {}), audioBitsPerSecond: 24_000 });
  const waiting: { chunk: number; sound: Blob }[] = [];
  const stopped = Promise.withResolvers<void>();
  let chunks = 0;
  let refused = false;
  let sending: Promise<void> | null = null;

  /** Tries until it is kept, or refused for good. */
  async function insist(send: () => Promise<'kept' | 'refused'>): Promise<void> {
    while (!refused) {
      const answer = await send().catch(() => null);
      if (answer === 'refused') refused = true;
      if (answer !== null) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }

  async function drain(): Promise<void> {
    for (let next = waiting[0]; next && !refused; next = waiting[0]) {
      const { chunk, sound: piece } = next;
      await insist(() => store.put(segment, chunk, piece));
      waiting.shift();
    }
    sending = null;
  }

  media.ondataavailable = ({ data }) => {
    if (data.size === 0 || refused) return;
    waiting.push({ chunk: chunks, sound: data });
    chunks += 1;
    sending ??= drain();
    // Sound with a hole could not be played: what is too much ends it.
    if (waiting.length >= MOST_WAITING && media.state !== 'inactive') media.stop();
  };
  media.onstop = () => stopped.resolve();
  media.start(CHUNK_MILLISECONDS);

  return {
    pause() {
      if (media.state === 'recording') media.pause();
    },
    resume() {
      if (media.state === 'paused') media.resume();
    },
    async stop() {
      if (media.state !== 'inactive') media.stop();
      else stopped.resolve();
      await stopped.promise;
      await sending;
      if (chunks > 0) await insist(() => store.end(segment));
    },
  };
}
