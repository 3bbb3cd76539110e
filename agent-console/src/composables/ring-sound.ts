/** Two rings and a pause, as a telephone does. */
const RING_SECONDS = 0.4;
const GAP_SECONDS = 0.2;
const EVERY_MILLISECONDS = 3_000;
/** Rung together: ITU-T E.180, North America. */
const TONES = [440, 480] as const;
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

function ring(sound: AudioContext) {
  for (const start of [sound.currentTime, sound.currentTime + RING_SECONDS + GAP_SECONDS]) {
    const volume = new GainNode(sound, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03);
    volume.gain.setValueAtTime(LOUDNESS, start + RING_SECONDS - 0.05);
    volume.gain.linearRampToValueAtTime(0, start + RING_SECONDS);
    volume.connect(sound.destination);
    for (const frequency of TONES) {
      const tone = new OscillatorNode(sound, { frequency });
      tone.connect(volume);
      tone.start(start);
      tone.stop(start + RING_SECONDS);
    }
  }
}

/** Rings until it is told to stop. Silent, without an error, while the browser waits for the first click or key. */
export function startRinging(): () => void {
  context ??= new AudioContext();
  const sound = context;
  const once = () => {
    void sound.resume();
    if (sound.state === 'running') ring(sound);
  };
  once();
  const timer = setInterval(once, EVERY_MILLISECONDS);
  return () => clearInterval(timer);
}
